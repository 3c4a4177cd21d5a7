"""Finnish, Estonian, Hungarian, Latvian, Lithuanian, Greek, Albanian, Swahili, Indonesian, Malay, Tagalog, Vietnamese, Mongolian."""

from schemas.currencies.vocabulary import Vocabulary

_FINNISH_TAIL = r"(?:j?[aä]|n|[aeiouyäö]n|hin|i[ae]n|jen|t|ss[aä]|st[aä]|ll[aä]|lt[aä]|lle|ksi|na|lla|lta|iss[aä]|ist[aä]|ill[aä]|ilt[aä]|ille|ihin|illa)?"

FI = Vocabulary(
    tail=_FINNISH_TAIL,
    units="""
        EUR  euro~ euro/a/n/on/ja/jen/lla/sta/ssa/lle/ksi/ihin
        dollar  dollari~ dollaria dollarin
        pound  punta~ punta/a puntia punnan
        JPY  jeni~
        CNY  juan~ juania yuania
        rupee  rupia~
        rouble  rupla~ ruplaa ruplan
        franc  frangi~ frangia
        krone  kruunu~ kruunua
        peso  peso~
        FIM  markka! markkaa markan
        dinar  dinaari~
        lira  liira~
        PLN  zloty~
        HUF  forintti~ forinttia
        UAH  hryvnia~
        BRL  real!
        cent/100  sentti~ senttiä sentin senttiin
        penny/100  penniä penni penceä
        ore/100  äyriä
    """,
    scales="""
        1e2  sata sataa sadan
        1e3  tuhat tuhatta tuhannen tuhansia
        1e6  miljoona miljoonaa miljoonan miljoonalla miljoonasta milj. milj milj
        1e9  miljardi miljardia miljardin miljardilla mrd. mrd
        1e12  biljoona biljoonaa
    """,
    numbers="""
        and  ja
        1  yksi yhden
        2  kaksi kahden
        3  kolme kolmen
        4  neljä neljän
        5  viisi viiden
        6  kuusi kuuden
        7  seitsemän
        8  kahdeksan
        9  yhdeksän
        10  kymmenen
        20  kaksikymmentä
        30  kolmekymmentä
        40  neljäkymmentä
        50  viisikymmentä
        0.5  puoli puolen
        1.5  puolitoista
    """,
    compounds=True,
    countries="""
        US  yhdysvaltain usan yhdysvaltojen
        GB  englannin britannian brittien
        CH  sveitsin
        CA  kanadan
        AU  australian
        SE  ruotsin
        NO  norjan
        DK  tanskan
        IS  islannin
        CZ  tšekin
        RU  venäjän
        TR  turkin
        FI  suomen
        IN  intian
    """,
    range_openings="välillä",
    denominations="seteli setelin seteliä kolikko kolikon seteleitä",
)

ET = Vocabulary(
    tail=r"(?:t|d|ni|ga|le|lt|l|s|st|sse|de|id|i|it|ite)?",
    units="""
        EUR  euro~
        dollar  dollar~ dollari~
        pound  nael naela naelsterling/it
        rouble  rubla~
        krone  kroon krooni~
        franc  frank franki~
        JPY  jeen jeeni~
        PLN  zlott zloti~
        cent/100  sent senti~ eurosenti~
    """,
    scales="1e3  tuhat tuhande tuh\n1e6  miljon miljonit miljoni miljonini mln mln. milj\n1e9  miljard miljardit miljardi mld mlrd\n1e12  triljon triljonit",
    numbers="and  ja\n1  üks ühe\n2  kaks\n3  kolm\n4  neli\n5  viis\n10  kümme\n20  kakskümmend\n50  viiskümmend\n100  sada\n0.5  pool\n1.5  poolteist",
    countries="US  usa ameerika\nGB  briti inglise\nCH  šveitsi\nSE  rootsi\nNO  norra\nDK  taani\nRU  vene\nEE  eesti",
    ranges="kuni",
    defaults="krone:EEK",
)

HU = Vocabulary(
    tail=r"(?:t|ot|et|öt|nyi|os|es|ös|ért|ból|ből|ról|ről|tól|től|ra|re|ba|be|ban|ben|hoz|hez|nál|nél|val|vel|ral|rel|tal|tel|ig|ja|je|ját|jét|ok|ek|nak|nek|on|en|ön|n|jával|ával|ra|ot|a|ával|jára|jából|jától|jáért|jába|juk)?",
    units="""
        HUF  forint~ ft ft-ot huf
        EUR  euró~ euro~ eurót euróért euróra
        dollar  dollár~
        pound  font! fontot fontért fontra angol_font
        GBP  font_sterling
        JPY  jen~
        CNY  jüan~
        rouble  rubel~
        franc  frank~
        krone  korona~ koronát
        PLN  zloty~ złoty zlotyt
        leu  lej~
        dinar  dinár~
        UAH  hrivnya~ hrivnyát
        lira  líra~ lírát
        HRK  kuna~ kunát
        cent/100  cent~ eurócent~
        HUF/100  fillér~
        penny/100  penny~
    """,
    scales="1e2  száz\n1e3  ezer 1:ezer\n1e6  millió~ 1:millió m\n1e9  milliárd~ 1:milliárd mrd mrd.\n1e12  billió~",
    numbers="""
        and  és
        1  egy
        2  két kettő
        3  három
        4  négy
        5  öt
        6  hat
        7  hét
        8  nyolc
        9  kilenc
        10  tíz tizen
        20  húsz huszon
        30  harminc
        40  negyven
        50  ötven
        60  hatvan
        70  hetven
        80  nyolcvan
        90  kilencven
        100  száz
        0.5  fél
        1.5  másfél
    """,
    compounds=True,
    countries="US  amerikai usa\nGB  angol brit\nCH  svájci\nCA  kanadai\nAU  ausztrál\nSE  svéd\nNO  norvég\nDK  dán\nCZ  cseh\nRU  orosz\nTR  török\nRS  szerb\nRO  román\nUA  ukrán\nPL  lengyel",
    denominations="bankjegy bankjegyet érme érmét",
)

LV = Vocabulary(
    units="""
        EUR  eiro
        dollar  dolār/s/a/u/i/us/iem/am/os
        pound  mārciņ/a/as/u/ām
        rouble  rubl/is/i/u/us/iem/a
        franc  frank/s/i/u/us
        krone  kron/a/as/u
        JPY  jen/a/as/u
        LVL  lat/s/i/u/us
        PLN  zlot/s/i/u
        cent/100  cent/s/i/u/us/iem
    """,
    scales="1e3  tūkstotis tūkstoši tūkstošu tūkstošiem tūkstošus tūkstoš tūkst. tūkst\n1e6  miljon/s/i/u/us/iem/am milj. milj\n1e9  miljard/s/i/u/us/iem mljrd. mljrd mlrd.",
    numbers="and  un\n1  viens viena\n2  divi divas\n3  trīs\n5  pieci\n10  desmit\n100  simts simt",
    countries="US  asv amerikāņu\nGB  sterliņu britu\nCH  šveices\nSE  zviedrijas\nNO  norvēģijas",
    ranges="līdz",
    range_openings="no",
)

LT = Vocabulary(
    units="""
        EUR  eur/as/o/ui/ą/ai/ų/ams/us/ais/uose
        dollar  doleri/s/o/ui/ai/ų/ams/us/ais dolerį
        pound  svar/as/o/ai/ų/us sterlingų
        rouble  rubl/is/io/iai/ių/ius
        franc  frank/as/o/ai/ų/us
        krone  kron/a/os/ų/as
        JPY  jen/a/os/ų
        LTL  lit/as/o/ai/ų/us/ams/ais lt
        PLN  zlot/as/o/ai/ų/us
        cent/100  cent/as/o/ai/ų/us/ais
    """,
    scales="1e3  tūkstantis tūkstančiai tūkstančių tūkstančius tūkst. tūkst\n1e6  milijon/as/o/ai/ų/us/ais/ams mln. mln\n1e9  milijard/as/o/ai/ų/us/ais mlrd. mlrd\n1e12  trilijon/as/ai/ų",
    numbers="and  ir\n1  vienas viena\n2  du dvi\n3  trys tris\n5  penki penkis\n10  dešimt\n100  šimtas",
    countries="US  jav amerikos\nGB  sterlingų britų\nCH  šveicarijos\nSE  švedijos\nNO  norvegijos",
    ranges="iki",
    range_openings="nuo tarp",
)

EL = Vocabulary(
    units="""
        EUR  ευρώ ευρω ευρώ
        dollar  δολάρι/ο/α/ου/ων δολαρίων δολαρίου δολ.
        pound  λίρ/α/ες λιρών στερλίν/α/ες στερλινών λίρες_στερλίνες
        lira  λίρες_τουρκίας τουρκικές_λίρες
        JPY  γιεν
        CNY  γουάν γιουάν
        rouble  ρούβλι/α/ου ρουβλίων ρούβλι
        franc  φράγκ/ο/α/ου φράγκων
        krone  κορών/α/ες κορωνών
        rupee  ρουπί/α/ες ρουπιών
        dinar  δηνάρι/α/ο δηναρίων
        GRD  δραχμ/ή/ές/ών/ής
        cent/100  σεντ
        EUR/100  λεπτά_του_ευρώ
        penny/100  πένες
    """,
    scales="1e2  εκατό\n1e3  χίλια χίλιες χιλιάδες χιλ. χιλ χιλιάδων\n1e6  εκατομμύριο εκατομμύρια εκατομμυρίων εκατομμυρίου εκατ. εκατ εκ. εκ\n1e9  δισεκατομμύριο δισεκατομμύρια δισεκατομμυρίων δισ. δισ δις\n1e12  τρισεκατομμύρια τρισεκατομμυρίων τρισ. τρισ τρις",
    numbers="and  και\n1  ένα έναν μία ενός\n2  δύο δυο\n3  τρία τρεις\n4  τέσσερα τέσσερις\n5  πέντε\n6  έξι\n7  επτά εφτά\n8  οκτώ οχτώ\n9  εννέα εννιά\n10  δέκα\n20  είκοσι\n30  τριάντα\n40  σαράντα\n50  πενήντα\n60  εξήντα\n70  εβδομήντα\n80  ογδόντα\n90  ενενήντα\n100  εκατό\n0.5  μισό",
    countries="US  ηπα αμερικανικά\nGB  στερλίνες αγγλίας βρετανικές\nCH  ελβετικά ελβετίας\nCA  καναδικά καναδά\nAU  αυστραλίας αυστραλιανά\nTR  τουρκικές τουρκικών τουρκίας\nRU  ρωσικά\nSE  σουηδικές\nEG  αιγυπτιακές",
    ranges="έως ως με",
    range_openings="από μεταξύ",
)

SQ = Vocabulary(
    units="""
        ALL  lek lekë lekëve lekësh leku
        EUR  euro eurove eurosh
        dollar  dollar dollarë dollarëve dollarësh
        pound  paund paundë sterlina
        franc  franga
        dinar  dinarë dinar
        lira  lira
        cent/100  cent centë
    """,
    scales="1e3  mijë\n1e6  milion milionë mln\n1e9  miliard miliardë mld",
    numbers="and  e dhe\n1  një\n2  dy\n3  tre\n4  katër\n5  pesë\n10  dhjetë\n100  njëqind",
    countries="US  amerikanë shba\nCH  zvicerane zviceranë",
    range_openings="nga",
    ranges="deri",
)

SW = Vocabulary(
    units="""
        shilling  shilingi^ sh^ shs^
        dollar  dola^
        EUR  yuro^ euro^
        pound  pauni^
        rand  randi^
        cent/100  senti
    """,
    scales="1e3  elfu\n1e6  milioni\n1e9  bilioni\n1e12  trilioni",
    numbers="and  na\n1  moja\n2  mbili\n3  tatu\n4  nne\n5  tano\n10  kumi\n100  mia",
    countries="US  marekani\nKE  kenya\nTZ  tanzania\nUG  uganda",
    decimal=".",
    ranges="hadi",
)

_MALAY_UNITS = """
        dollar  dolar dollar
        EUR  euro
        pound  pound! poundsterling pound_sterling pon
        JPY  yen
        CNY  yuan renminbi
        rupee  rupee
        rouble  rubel
        franc  franc frank
        krone  krona krone
        peso  peso
        dinar  dinar
        dirham  dirham
        rial  riyal rial
        won  won
        lira  lira
        THB  baht
        VND  dong
        sen/100  sen
        cent/100  sen_dolar sen_as cent
"""
_MALAY_SCALES = """
        1e2  ratus
        1e3  ribu 1:seribu rb
        1e6  juta 1:sejuta jt
        1e9  miliar milyar bilion billion 1:semiliar m
        1e12  triliun trilyun trilion t
        10  puluh
"""
_MALAY_NUMBERS = """
        and  dan
        point  koma
        1  satu se
        2  dua
        3  tiga
        4  empat
        5  lima
        6  enam
        7  tujuh
        8  delapan lapan
        9  sembilan
        10  sepuluh
        11  sebelas
        100  seratus
        1000  seribu
        0.5  setengah
"""
_MALAY_COUNTRIES = """
        US  as amerika amerika_serikat
        GB  inggris british
        CH  swiss
        CA  kanada
        AU  australia
        SG  singapura
        HK  hong_kong hongkong
        TR  turki
        SA  arab_saudi saudi
        AE  uea
        KW  kuwait
        IN  india
        JP  jepang jepun
        CN  tiongkok china cina
        MY  malaysia
        KR  korea
        QA  qatar
        PH  filipina
"""

ID = Vocabulary(
    units="IDR  rupiah\nMYR  ringgit\n" + _MALAY_UNITS,
    scales=_MALAY_SCALES,
    numbers=_MALAY_NUMBERS,
    countries=_MALAY_COUNTRIES,
    ranges="hingga sampai sampai_dengan",
    range_openings="antara dari",
    defaults="sen:IDR",
    denominations="pecahan",
)

MS = Vocabulary(
    units="MYR  ringgit\nIDR  rupiah\n" + _MALAY_UNITS,
    scales=_MALAY_SCALES,
    numbers=_MALAY_NUMBERS,
    countries=_MALAY_COUNTRIES,
    ranges="hingga sehingga",
    range_openings="antara dari",
    decimal=".",
    defaults="sen:MYR",
)

TL = Vocabulary(
    units="""
        peso  piso peso pesos pisong
        dollar  dolyar dollar dollars
        EUR  euro
        JPY  yen
        centavo/100  sentimo centavo centavos
    """,
    scales="1e3  libo libong libo-libong thousand\n1e6  milyon milyong million\n1e9  bilyon bilyong billion\n1e12  trilyon trilyong trillion",
    numbers="and  at\n1  isa isang\n2  dalawa dalawang\n3  tatlo tatlong\n4  apat\n5  lima limang\n10  sampu sampung",
    of="na ng",
    decimal=".",
    defaults="peso:PHP centavo:PHP",
)

VI = Vocabulary(
    units="""
        VND  đồng vnđ đ vnd
        dollar  đô_la đôla đô usd đô_la_mỹ
        USD  đô_mỹ
        EUR  euro ơ_rô
        pound  bảng bảng_anh
        GBP  bảng_anh
        JPY  yên yen
        CNY  nhân_dân_tệ tệ
        KRW  won
        franc  franc
        THB  baht bạt
        rouble  rúp
        rupee  rupee rupees
        SGD  đô_la_singapore
        AUD  đô_la_úc đô_úc
        CAD  đô_la_canada
        HKD  đô_la_hồng_kông
        cent/100  xu xen cent
    """,
    scales="""
        1e1  mươi
        1e2  trăm
        1e3  nghìn ngàn k
        1e6  triệu tr
        1e9  tỷ tỉ
        1e12  nghìn_tỷ ngàn_tỷ nghìn_tỉ
    """,
    numbers="""
        and  và
        point  phẩy
        1  một mốt
        2  hai
        3  ba
        4  bốn tư
        5  năm lăm
        6  sáu
        7  bảy
        8  tám
        9  chín
        10  mười
        0.5  nửa
    """,
    countries="US  mỹ\nGB  anh\nAU  úc\nCA  canada\nSG  singapore\nHK  hồng_kông\nJP  nhật\nCH  thụy_sĩ\nRU  nga\nTW  đài_loan",
    ranges="đến tới",
    range_openings="từ giữa khoảng",
    denominations="tờ",
    not_before="đồng:minh đồng:hành đồng:ý đồng:nghiệp đồng:đội đồng:thời đồng:bộ đồng:hồ đồng:chí đồng:phạm đồng:tình đồng:hương đồng:tác đồng:bào đồng:loạt đồng:phục đồng:thuận đồng:đều đồng:nai đồng:tháp đồng:hới đồng:cảm đồng:chủ đồng:hóa đồng:nhất đồng:tổ đồng:dạng đồng:ruộng đồng:bằng xu:hướng xu:thế đô:thị đô:đốc tệ:nạn tệ:hại",
)

MN = Vocabulary(
    tail=r"(?:ийн|ын|ний|ны|ыг|ийг|г|т|д|өөс|аас|оос|ээс|нөөс|өөр|аар|оор|ээр|өд|ад|ийг|ий|тэй|той|тай|өө|ийн|ний)?",
    units="""
        MNT  төгрөг~ төгрөгөөр төгрөгийн
        dollar  доллар~
        EUR  евро~^
        pound  фунт~ паунд~
        GBP  английн_фунт фунт_стерлинг
        CNY  юань~
        JPY  иен~
        KRW  вон~
        rouble  рубль~ рубл~
        franc  франк~
        cent/100  цент~
        MNT/100  мөнгө
    """,
    scales="1e2  зуу зуун\n1e3  мянга мянган\n1e6  сая сая\n1e9  тэрбум\n1e12  их_наяд",
    numbers="and  ба\n1  нэг\n2  хоёр\n3  гурав гурван\n4  дөрөв дөрвөн\n5  тав таван\n6  зургаа зургаан\n7  долоо долоон\n8  найм найман\n9  ес есөн\n10  арав арван\n20  хорь хорин\n30  гуч гучин\n40  дөч дөчин\n50  тавь тавин\n60  жар жаран\n70  дал далан\n80  ная наян\n90  ер ерэн\n100  зуу зуун\n0.5  хагас",
    countries="US  ам америк америкийн\nGB  английн\nCH  швейцарын\nRU  оросын\nCN  хятадын\nJP  японы",
    decimal=".",
    range_openings="",
)

LANGUAGES = {
    "fi": FI, "et": ET, "hu": HU, "lv": LV, "lt": LT, "el": EL, "sq": SQ, "sw": SW, "id": ID, "ms": MS, "tl": TL, "fil": TL, "vi": VI, "mn": MN,
}  # fmt: skip
