"""Turkish, Azerbaijani, Kazakh, Uzbek, Kyrgyz, Turkmen, Tatar; Georgian, Armenian."""

from schemas.currencies.vocabulary import Vocabulary

_TURKISH_TAIL = (
    r"(?:l[ıiuü][kğ]|s[ıiuü]z|[cç][ıiuü]k)?(?:l[ae]r)?(?:[ıiuü]m[ıiuü]z|y?[ıiuü]|s[ıiuü]|[ıiuü]m)?(?:n?[ıiuü]n)?"
    r"(?:n?[dt][ae]n?|[yn]?[ae]|y?l[ae])?(?:k[ıi])?(?:d[ıiuü]r|yd[ıiuü])?"
)
_AZERI_TAIL = (
    r"(?:l[ıiuü][kğq]|s[ıiuü]z)?(?:l[aə]r)?(?:[ıiuü]m[ıiuü]z|[ıiuü]|s[ıiuü]|[ıiuü]m)?(?:n?[ıiuü]n)?"
    r"(?:n?d[aə]n?|[yn]?[aə]|l[aə]|[yn][ıiuü]|[yn]?[aə]?d[əa]k|[yn]?[aə]c[aə]n|cə|ca)?(?:k[ıi])?(?:d[ıiuü]r)?"
)

TR = Vocabulary(
    tail=_TURKISH_TAIL,
    units="""
        TRY  tl^ türk_lirası türk_liras/ına/ında/ından/ını/ının/ıdır/ıyla
        lira  lira~
        dollar  dolar~
        EUR  euro~ avro~
        pound  sterlin~ pound~ paund~
        JPY  yen~
        CNY  yuan~
        rupee  rupi~
        rouble  ruble~ rubl~
        franc  frank~
        krone  kron~
        peso  peso~
        dinar  dinar~
        dirham  dirhem~
        rial  riyal~
        manat  manat~
        won  won!
        GEL  lari!
        KZT  tenge~
        PLN  zloti~
        BGN  leva~
        leu  ley!
        mark  mark~
        ITL  liret~
        UAH  grivna~
        HUF  forint~
        ZAR  rand~
        THB  baht~
        BRL  real! reali
        ILS  şekel~
        cent/100  sent~ cent~
        kurus/100  kuruş~
        penny/100  peni~ pens~
    """,
    scales="""
        1e2  yüz~
        1e3  bin 1:bin bini binden bine
        1e6  milyon mn mln milyonu milyonun milyonluk
        1e9  milyar mlr mr mlrd milyarı milyarlık
        1e12  trilyon
    """,
    numbers="""
        and  ve
        point  virgül
        1  bir
        2  iki
        3  üç
        4  dört
        5  beş
        6  altı
        7  yedi
        8  sekiz
        9  dokuz
        10  on
        20  yirmi
        30  otuz
        40  kırk
        50  elli
        60  altmış
        70  yetmiş
        80  seksen
        90  doksan
        100  yüz
        0.5  yarım
        1.5  bir_buçuk
        2.5  iki_buçuk
        3.5  üç_buçuk
    """,
    countries="""
        US  abd amerikan amerikan_doları
        GB  ingiliz britanya
        CH  isviçre
        CA  kanada
        AU  avustralya
        HK  hong_kong
        SG  singapur
        NZ  yeni_zelanda
        TR  türk
        RU  rus
        EG  mısır
        LB  lübnan
        SY  suriye
        IN  hindistan hint
        PK  pakistan
        MX  meksika
        AR  arjantin
        DK  danimarka
        NO  norveç
        SE  isveç
        CZ  çek
        RS  sırp
        KW  kuveyt
        IQ  irak
        JO  ürdün
        AE  bae
        SA  suudi suudi_arabistan
        QA  katar
        IR  iran
        AZ  azerbaycan azeri
        TM  türkmenistan türkmen
        JP  japon
        CN  çin
        KR  güney_kore kore
        IT  italyan
        FI  fin finlandiya
        DE  alman
        FR  fransız
        BG  bulgar
        GE  gürcistan gürcü
        KZ  kazakistan
    """,
    ranges="ila ile",
    defaults="lira:TRY",
    denominations="banknot banknotlar banknotu madeni",
)

AZ = Vocabulary(
    tail=_AZERI_TAIL,
    units="""
        manat  manat~
        AZN  man. azn
        dollar  dollar~
        EUR  avro~ yevro~
        pound  sterlinq~ funt_sterlinq funt~
        JPY  yen! iyena
        CNY  yuan~
        rupee  rupi rupisi
        rouble  rubl~
        franc  frank~
        krone  kron!
        dinar  dinar~
        dirham  dirhəm~
        rial  rial~ riyal~
        lira  lirə~ lira~
        GEL  lari~
        KZT  tenge tengə
        UAH  qrivna~
        som  som!
        ILS  şekel~
        cent/100  sent~
        qepik/100  qəpik~ qəpiy/i/ə/in
        kopeck/100  kopek
    """,
    scales="""
        1e2  yüz
        1e3  min 1:min minlik
        1e6  milyon mln mln. milyonluq
        1e9  milyard mlrd mlrd. milyardlıq
        1e12  trilyon trln
    """,
    numbers="""
        and  və
        1  bir
        2  iki
        3  üç
        4  dörd
        5  beş
        6  altı
        7  yeddi
        8  səkkiz
        9  doqquz
        10  on
        20  iyirmi
        30  otuz
        40  qırx
        50  əlli
        60  altmış
        70  yetmiş
        80  səksən
        90  doxsan
        100  yüz
        0.5  yarım
        1.5  bir_yarım
        500000  yarım_milyon
    """,
    countries="""
        US  abş amerika
        GB  ingilis britaniya
        CH  isveçrə
        CA  kanada
        AU  avstraliya
        AZ  azərbaycan
        TM  türkmənistan türkmən
        TR  türk türkiyə
        RU  rusiya rus
        IR  iran
        CN  çin
        JP  yapon
        KW  küveyt
        UA  ukrayna
        KZ  qazaxıstan
        GE  gürcüstan gürcü
        AM  ermənistan
        BY  belarus
        CZ  çex
        SE  isveç
        IN  hindistan
    """,
    ranges="ilə",
    defaults="manat:AZN lira:TRY",
    denominations="əskinas əskinası əskinaslar sikkə sikkəsi",
)

_KAZAKH_TAIL = r"(?:лық|лік|дық|дік|тық|тік)?(?:лар|лер|дар|дер|тар|тер)?(?:ы|і|сы|сі)?(?:н|ын|ін)?(?:ның|нің|дың|дің|тың|тің)?(?:ға|ге|қа|ке|на|не|ды|ді|ты|ті|ны|ні|да|де|та|те|нда|нде|дан|ден|тан|тен|нан|нен|мен|бен|пен)?"

KK = Vocabulary(
    tail=_KAZAKH_TAIL,
    units="""
        KZT  теңге~ тенге~ тг
        dollar  доллар~
        EUR  еуро~ евро~
        pound  фунт~
        rouble  рубл~ рубль~
        CNY  юань~
        JPY  иен~ иена~
        franc  франк~
        som  сом~ сўм
        manat  манат~
        lira  лира~
        UAH  гривна~
        cent/100  цент~
        KZT/100  тиын~
    """,
    scales="1e2  жүз\n1e3  мың 1:мың мыңға мыңнан\n1e6  миллион~ млн млн.\n1e9  миллиард~ млрд млрд.\n1e12  триллион~ трлн трлн.",
    numbers="and  және\n1  бір\n2  екі\n3  үш\n4  төрт\n5  бес\n6  алты\n7  жеті\n8  сегіз\n9  тоғыз\n10  он\n20  жиырма\n30  отыз\n40  қырық\n50  елу\n60  алпыс\n70  жетпіс\n80  сексен\n90  тоқсан\n100  жүз\n0.5  жарты\n1.5  бір_жарым",
    countries="US  ақш америка\nGB  британ ағылшын\nCH  швейцария швейцар\nRU  ресей\nTR  түрік\nCN  қытай\nJP  жапон\nKZ  қазақстан\nKG  қырғыз\nUZ  өзбек",
    ranges="пен бен",
)

_UZBEK_TAIL = r"(?:lik)?(?:lar)?(?:i|si)?(?:ning|ni|ga|ka|da|dan|dagi|gacha|ni)?(?:dir)?"

UZ = Vocabulary(
    tail=_UZBEK_TAIL,
    units="""
        UZS  soʻm~ soʼm~ so'm~ сўм//га/ни/дан/лик/нинг/дир
        dollar  dollar~ доллар//и/га/ни/дан/лик/ига
        EUR  yevro~ evro~ евро
        pound  funt~
        rouble  rubl~ рубл//и/га
        CNY  yuan~
        JPY  iyena~
        som  som~ sum~
        KZT  tenge~
        franc  frank~
        lira  lira~
        manat  manat~
        cent/100  sent~
        UZS/100  tiyin~
    """,
    scales="""
        1e2  yuz
        1e3  ming минг
        1e6  million mln mln. миллион млн
        1e9  milliard mlrd mlrd. миллиард млрд
        1e12  trillion trln trln. триллион трлн
    """,
    numbers="and  va\n1  bir\n2  ikki\n3  uch\n4  to'rt toʻrt\n5  besh\n6  olti\n7  yetti\n8  sakkiz\n9  to'qqiz toʻqqiz\n10  o'n oʻn\n20  yigirma\n30  o'ttiz oʻttiz\n40  qirq\n50  ellik\n60  oltmish\n70  yetmish\n80  sakson\n90  to'qson\n100  yuz\n0.5  yarim\n1.5  bir_yarim",
    countries="US  aqsh aqsh_dollari амқш ақш\nGB  britaniya ingliz\nCH  shveytsariya\nRU  rossiya rus\nTR  turk\nCN  xitoy\nKZ  qozogʻiston",
    ranges="dan",
    defaults="som:UZS",
)

KY = Vocabulary(
    tail=_KAZAKH_TAIL + r"(?:ду|дү|дун|го|гө|ко|дон|ло|до|дук|луу|туу)?",
    units="""
        som  сом~
        dollar  доллар~
        EUR  евро~
        rouble  рубл~ рубль~
        KZT  теңге~ тенге~
        CNY  юань~
        UZS  сум~
        cent/100  цент~
        KGS/100  тыйын~
    """,
    scales="1e2  жүз\n1e3  миң 1:миң\n1e6  миллион~ млн млн.\n1e9  миллиард~ млрд млрд.\n1e12  триллион~ трлн",
    numbers="1  бир\n2  эки\n3  үч\n4  төрт\n5  беш\n6  алты\n7  жети\n8  сегиз\n9  тогуз\n10  он\n20  жыйырма\n30  отуз\n40  кырк\n50  элүү\n100  жүз\n0.5  жарым",
    countries="US  акш\nRU  орусия\nCN  кытай",
    defaults="som:KGS",
)

TK = Vocabulary(
    tail=r"(?:lyk|lik)?(?:lar|ler)?(?:y|i|ny|ni|yň|iň|nyň|niň)?(?:a|e|na|ne|da|de|dan|den|ndan|nden)?(?:dyr|dir)?",
    units="manat  manat~\ndollar  dollar~\nEUR  ýewro~\nrouble  rubl~\ncent/100  sent~\nTMT/100  teňňe~",
    scales="1e3  müň 1:müň\n1e6  million~ mln mln.\n1e9  milliard~ mlrd",
    numbers="1  bir\n2  iki\n3  üç\n5  bäş\n10  on\n100  ýüz",
    countries="US  abş amerikan\nTM  türkmen",
    decimal=",",
    defaults="manat:TMT",
)

TT = Vocabulary(
    tail=r"(?:лык|лек)?(?:лар|ләр|нар|нәр)?(?:ы|е|сы|се)?(?:ның|нең)?(?:га|гә|ка|кә|да|дә|дан|дән|тан|тән|нан|нән|ны|не|на|нә)?",
    units="rouble  сум~\ndollar  доллар~\nEUR  евро~\nkopeck/100  тиен~",
    scales="1e3  мең 1:мең\n1e6  миллион~ млн млн.\n1e9  миллиард~ млрд млрд.",
    numbers="1  бер\n2  ике\n3  өч\n5  биш\n10  ун\n100  йөз",
    countries="US  акш\nRU  россия",
)

_GEORGIAN_TAIL = r"(?:იან|ებ|ის)?(?:ი|მა|ს|ის|ით|ად|ო|ამ|მდე|ამდე|იდან|ისთვის|ის|ისა|ისგან|ში|ზე|თან|სა)?(?:ა|ც|ვე|ია|აა|და)?"

KA = Vocabulary(
    is_mixed=True,
    tail=_GEORGIAN_TAIL,
    units="""
        GEL  ლარ~ ლარამდე ლარიანი
        dollar  დოლარ~
        EUR  ევრო~
        pound  ფუნტ~
        GBP  სტერლინგ~ გირვანქა_სტერლინგ~
        JPY  იენ~
        CNY  იუან~
        rouble  რუბლ~
        franc  ფრანკ~
        dinar  დინარ~
        rupee  რუპი~
        lira  ლირა~ ლირ~
        AMD  დრამ~
        manat  მანათ~
        UAH  გრივნა~ გრივნ~
        KZT  თენგე~
        krone  კრონა~ კრონ~
        ILS  შეკელ~
        PLN  ზლოტ~
        cent/100  ცენტ~
        GEL/100  თეთრ~
        penny/100  პენს~
    """,
    scales="""
        1e3  ათას~ 1:ათასი
        1e6  მილიონ~ მლნ მლნ. 1:მილიონი
        1e9  მილიარდ~ მლრდ მლრდ. 1:მილიარდი
        1e12  ტრილიონ~ ტრლნ
    """,
    numbers="""
        and  და
        1  ერთ//ი
        2  ორ//ი
        3  სამ//ი
        4  ოთხ//ი
        5  ხუთ//ი
        6  ექვს//ი
        7  შვიდ//ი
        8  რვა
        9  ცხრა
        10  ათ//ი
        11  თერთმეტი
        12  თორმეტი
        13  ცამეტი
        14  თოთხმეტი
        15  თხუთმეტი
        20  ოც//ი
        30  ოცდაათ//ი
        40  ორმოც//ი
        50  ორმოცდაათ//ი
        60  სამოც//ი
        80  ოთხმოც//ი
        100  ას//ი
        200  ორას//ი
        300  სამას//ი
        500  ხუთას//ი
        0.5  ნახევარ//ი
    """,
    countries="""
        US  აშშ ამერიკულ~
        GB  ბრიტანულ~ ინგლისურ~
        CH  შვეიცარიულ~
        CA  კანადურ~
        AU  ავსტრალიურ~
        RU  რუსულ~
        TR  თურქულ~
        AZ  აზერბაიჯანულ~
        AM  სომხურ~
        GE  ქართულ~
        KW  ქუვეითურ~
        UA  უკრაინულ~
        JP  იაპონურ~
        CN  ჩინურ~
        CZ  ჩეხურ~
        SE  შვედურ~
        NO  ნორვეგიულ~
        DK  დანიურ~
        RS  სერბულ~
        TM  თურქმენულ~
    """,
    ranges="დან",
    defaults="",
)

_ARMENIAN_TAIL = r"(?:յ)?(?:անոց|ական|ներ|եր)?(?:ի|ով|ից|ում|ին|իս)?(?:ն|ը|ս|դ)?"

HY = Vocabulary(
    is_mixed=True,
    tail=_ARMENIAN_TAIL,
    units="""
        AMD  դրամ~
        dollar  դոլար~
        EUR  եվրո~ եւրո~ էվրո
        pound  ֆունտ~ ֆունտ_ստերլինգ~
        JPY  իեն~
        CNY  յուան~
        rouble  ռուբլ/ի/ու/ով/ուց/ին/ին/իի/իներ ռուբլու
        franc  ֆրանկ~
        GEL  լարի~
        manat  մանաթ~
        lira  լիրա~ լիր/այի/այով
        rial  ռիալ~
        krone  կրոն~
        UAH  գրիվնա~
        KZT  տենգե~
        rupee  ռուփի~
        cent/100  ցենտ~
        AMD/100  լումա~
        kopeck/100  կոպեկ~
    """,
    scales="""
        1e2  հարյուր
        1e3  հազար 1:հազար հզր.
        1e6  միլիոն մլն մլն. միլիոնանոց
        1e9  միլիարդ մլրդ մլրդ. միլիարդանոց
        1e12  տրիլիոն տրլն
    """,
    numbers="""
        and  և եւ ու
        1  մեկ մի
        2  երկու
        3  երեք
        4  չորս
        5  հինգ
        6  վեց
        7  յոթ
        8  ութ
        9  ինը
        10  տասը տաս
        20  քսան
        30  երեսուն
        40  քառասուն
        50  հիսուն
        60  վաթսուն
        70  յոթանասուն
        80  ութսուն
        90  իննսուն
        0.5  կես
    """,
    countries="""
        US  ամն ամերիկյան
        GB  բրիտանական անգլիական
        CH  շվեյցարական
        CA  կանադական
        AU  ավստրալիական
        RU  ռուսական ռդ
        TR  թուրքական
        IR  իրանական
        AZ  ադրբեջանական
        GE  վրացական
        AM  հայկական հհ
        SE  շվեդական
        NO  նորվեգական
        DK  դանիական
        CN  չինական
        JP  ճապոնական
        UA  ուկրաինական
    """,
    ranges="մինչև մինչեւ",
    denominations="թղթադրամ մետաղադրամ",
)

LANGUAGES = {
    "tr": TR,
    "az": AZ,
    "kk": KK,
    "uz": UZ,
    "ky": KY,
    "tk": TK,
    "tt": TT,
    "ka": KA,
    "hy": HY,
}
