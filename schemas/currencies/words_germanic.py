"""English, German, Dutch, Swedish, Norwegian, Danish, Icelandic."""

from schemas.currencies.vocabulary import Vocabulary

EN = Vocabulary(
    decimal=".",
    units="""
        dollar  dollar dollars buck! bucks! greenback! greenbacks!
        EUR  euro euros
        pound  pound pounds quid pound_sterling pounds_sterling
        GBP  sterling
        JPY  yen
        CNY  yuan renminbi
        rupee  rupee rupees
        rouble  rouble roubles ruble rubles
        franc  franc francs
        XOF  cfa_franc cfa_francs
        kroner  krone kroner krones kroners
        kronor  krona kronor kronas
        koruna  koruna korunas koruny korun
        crown  crown! crowns!
        peso  peso pesos
        dinar  dinar dinars
        AED  dhs
        dirham  dirham dirhams
        rial  rial rials riyal riyals
        manat  manat manats
        lira  lira liras lire
        won  won!
        GEL  lari laris
        AMD  dram dram! drams
        KZT  tenge tenges
        som  som! soms sum! sums! soum soums
        UAH  hryvnia hryvnias hryvna hryvnya hryvnyas hryvni
        PLN  zloty zlotys zlote
        HUF  forint forints
        leu  leu lei
        lev  lev leva levs
        RSD  serbian_dinar serbian_dinars
        HRK  kuna kunas
        ALL  lek leks
        MKD  denar denars
        BAM  convertible_mark convertible_marks
        mark  mark! marks! deutschmark deutschmarks deutsche_mark deutsche_marks
        FIM  finnmark markka markkaa
        ILS  shekel shekels sheqel sheqels
        INR  indian_rupee
        BDT  taka takas
        THB  baht bahts
        VND  dong dongs
        IDR  rupiah rupiahs
        MYR  ringgit ringgits
        KHR  riel riels
        LAK  kip kips
        MMK  kyat kyats
        MNT  tugrik tugriks togrog
        PGK  kina
        BTN  ngultrum
        MVR  rufiyaa
        AFN  afghani! afghanis
        BRL  reais real! reals
        ZAR  rand rands
        NGN  naira nairas
        GHS  cedi cedis
        shilling  shilling shillings
        kwacha  kwacha kwachas
        ETB  birr birrs
        BWP  pula
        AOA  kwanza kwanzas
        MZN  metical meticals meticais
        MGA  ariary
        GMD  dalasi dalasis
        leone  leone! leones
        MRU  ouguiya ouguiyas
        ERN  nakfa
        LSL  loti maloti
        SZL  lilangeni emalangeni
        PEN  sol! soles
        GTQ  quetzal! quetzals quetzales
        HNL  lempira lempiras
        NIO  cordoba! cordobas córdobas
        CRC  colon! colones colons!
        PYG  guarani! guaranis guaraníes
        BOB  boliviano bolivianos
        bolivar  bolivar bolivars bolívar bolívares bolivares
        PAB  balboa balboas
        HTG  gourde gourdes
        guilder  guilder guilders
        DEM  d-mark d-marks
        ESP  peseta pesetas
        PTE  escudo! escudos!
        GRD  drachma drachmas
        ATS  schilling schillings
        LTL  litas
        LVL  lats
        TJS  somoni somonis
        WST  tala
        TOP  pa'anga paanga
        VUV  vatu
        MOP  pataca patacas
        TWD  new_taiwan_dollar new_taiwan_dollars
        cent/100  cent cents
        penny/100  pence penny pennies
        GBP/100  p!
        kopeck/100  kopeck kopecks kopek kopeks copeck copecks
        UAH/100  kopiyka kopiykas
        qepik/100  qepik qepiks gapik gapiks
        paisa/100  paisa paise
        centavo/100  centavo centavos
        centime/100  centime centimes
        GEL/100  tetri tetris
        ILS/100  agora agorot
        CHF/100  rappen
        fils/1000  fils
        piastre/100  piastre piastres
        sen/100  sen!
        kurus/100  kurus
    """,
    scales="""
        1e2  hundred
        1e3  thousand thousands k K
        1e6  million millions mn mln mio m M mil
        1e9  billion billions bn bln B b milliard
        1e12  trillion trillions tn trn tln T
        1e15  quadrillion
        1e5  lakh lakhs lac lacs
        1e7  crore crores cr Cr
        12  dozen
    """,
    numbers="""
        and  and
        point  point
        1  one a an
        2  two
        3  three
        4  four
        5  five
        6  six
        7  seven
        8  eight
        9  nine
        10  ten
        11  eleven
        12  twelve
        13  thirteen
        14  fourteen
        15  fifteen
        16  sixteen
        17  seventeen
        18  eighteen
        19  nineteen
        20  twenty
        30  thirty
        40  forty
        50  fifty
        60  sixty
        70  seventy
        80  eighty
        90  ninety
        0.5  half half_a half_of_a half_an one_half
        0.25  quarter quarter_of_a a_quarter_of_a a_quarter_of_one a_quarter
        0.75  three_quarters_of_a three-quarters_of_a three_quarters
        1.5  one_and_a_half
        2.5  two_and_a_half
        3.5  three_and_a_half
    """,
    countries="""
        US  us u.s. u.s american
        GB  british uk u.k. english
        CH  swiss
        CA  canadian
        AU  australian aussie
        NZ  new_zealand kiwi
        HK  hong_kong
        SG  singapore singaporean
        TW  taiwan taiwanese new_taiwan
        JM  jamaican
        TR  turkish
        RU  russian
        BY  belarusian belarussian
        EG  egyptian
        LB  lebanese
        SY  syrian
        SD  sudanese
        SS  south_sudanese
        PK  pakistani pakistan
        IN  indian
        LK  sri_lankan sri_lanka
        NP  nepalese nepali
        MU  mauritian
        MX  mexican
        AR  argentine argentinian argentinean
        CL  chilean
        CO  colombian
        UY  uruguayan
        PH  philippine filipino
        CU  cuban
        DO  dominican
        DK  danish
        NO  norwegian
        SE  swedish
        CZ  czech
        IS  icelandic
        RS  serbian
        KW  kuwaiti kuwait
        JO  jordanian jordan
        IQ  iraqi
        TN  tunisian
        DZ  algerian
        LY  libyan
        BH  bahraini bahrain
        MK  macedonian
        IR  iranian
        SA  saudi saudi_arabian
        OM  omani
        QA  qatari qatar
        YE  yemeni
        AE  uae emirati u.a.e.
        MA  moroccan
        AZ  azerbaijani azeri
        TM  turkmen turkmenistani
        KR  south_korean korean
        KP  north_korean
        KE  kenyan kenya
        TZ  tanzanian
        UG  ugandan
        SO  somali
        JP  japanese
        CN  chinese
        UA  ukrainian
        GE  georgian
        AM  armenian
        KZ  kazakh kazakhstani
        KG  kyrgyz
        UZ  uzbek
        PL  polish
        HU  hungarian
        RO  romanian
        MD  moldovan
        BG  bulgarian
        TH  thai
        MY  malaysian malaysia
        ID  indonesian
        VN  vietnamese
        IL  israeli
        BR  brazilian
        ZA  south_african
        NG  nigerian
        GH  ghanaian
        ZM  zambian
        ZW  zimbabwean zimbabwe
        FJ  fijian
        BD  bangladeshi
        FR  french
        BE  belgian
        DE  german
        IT  italian
        SN  west_african
        CM  central_african
        RW  rwandan
        BI  burundian
        CD  congolese
        TT  trinidad trinidadian trinidad_and_tobago
        BB  barbadian
        NA  namibian
        LR  liberian
        GY  guyanese
        FI  finnish
        NL  dutch
    """,
    ranges="to through",
    range_openings="between",
    of="of",
    not_before="euro:zone euro:area euro:countr euro:nation euro:member euro:bloc euro:state euro:group dollar:bloc",
    namesakes="sign signs symbol symbols store stores shop shops amount amounts figure figures value index peg bond bonds account accounts"
    " area zone crisis crunch shortage auction auctions market rally rebound slump denominated millionaire billionaire tree menu",
    denominations="bill bills note notes banknote banknotes coin coins",
)

DE = Vocabulary(
    point_countries="CH LI",
    units="""
        dollar  dollar dollars
        EUR  euro^ euros
        GBP  pfund_sterling britische_pfund
        pound  pfund!
        JPY  yen
        CNY  yuan renminbi
        rupee  rupie rupien
        rouble  rubel rubeln
        franc  franken franc francs
        CHF  franken
        XOF  cfa-franc cfa-francs
        krone  krone kronen
        peso  peso pesos
        dinar  dinar dinare dinars
        dirham  dirham
        rial  rial riyal rials
        manat  manat
        lira  lira liras lire
        won  won
        GEL  lari
        AMD  dram
        KZT  tenge
        som  som sum
        UAH  hrywnja griwna hrywna
        PLN  zloty złoty
        HUF  forint
        leu  leu lei
        lev  lew lewa
        HRK  kuna
        mark  mark d-mark
        ILS  schekel
        THB  baht
        VND  dong
        IDR  rupiah
        MYR  ringgit
        BRL  real! reais
        ZAR  rand
        NGN  naira
        shilling  schilling
        ATS  schilling
        PEN  sol! soles
        NLG  gulden
        BDT  taka
        bolivar  bolívar bolívares bolivar
        cent/100  cent cents
        CHF/100  rappen
        DEM/100  pfennig pfennige
        penny/100  pence penny
        kopeck/100  kopeke kopeken
        ore/100  öre øre
    """,
    scales="""
        1e2  hundert
        1e3  tausend tsd. tsd T
        1e6  million millionen mio. mio m mill.
        1e9  milliarde milliarden mrd. mrd mia. mia
        1e12  billion billionen bio. bio
        1e15  billiarde billiarden
    """,
    numbers="""
        and  und
        1  ein eine einen einem einer eins
        2  zwei
        3  drei
        4  vier
        5  fünf
        6  sechs
        7  sieben
        8  acht
        9  neun
        10  zehn
        11  elf
        12  zwölf
        13  dreizehn
        14  vierzehn
        15  fünfzehn
        16  sechzehn
        17  siebzehn
        18  achtzehn
        19  neunzehn
        20  zwanzig
        30  dreißig dreissig
        40  vierzig
        50  fünfzig
        60  sechzig
        70  siebzig
        80  achtzig
        90  neunzig
        0.5  halbe halben eine_halbe einer_halben
        1.5  anderthalb eineinhalb
        2.5  zweieinhalb
        3.5  dreieinhalb
        0.25  viertel
    """,
    compounds=True,
    countries="""
        US  us us-amerikanische us-amerikanischer us-amerikanischen amerikanische amerikanischer amerikanischen
        GB  britische britischer britischen
        CH  schweizer
        CA  kanadische kanadischer kanadischen kanada
        AU  australische australischer australischen austral
        HK  hongkong
        SG  singapur
        NZ  neuseeland neuseeländische
        TR  türkische türkischer türkischen
        RU  russische russischer russischen
        DK  dänische dänischer dänischen
        NO  norwegische norwegischer norwegischen
        SE  schwedische schwedischer schwedischen
        CZ  tschechische tschechischer tschechischen
        IN  indische indischer indischen
        EG  ägyptische ägyptischer ägyptischen
        RS  serbische serbischer serbischen
        DE  deutsche deutscher deutschen
        MX  mexikanische mexikanischer mexikanischen
        AR  argentinische argentinischer argentinischen
        AZ  aserbaidschanische aserbaidschanischer aserbaidschanischen
        FR  französische französischer französischen
        IT  italienische italienischer italienischen
    """,
    ranges="bis",
    range_openings="zwischen",
    denominations="schein scheine scheinen scheins note noten münze münzen banknote banknoten",
    defaults="cent:EUR franc:CHF shilling:ATS",
    not_before="euro:länder euro:staaten euro:zone euro:raum euro:gruppe euro:partner",
)

NL = Vocabulary(
    units="""
        dollar  dollar dollars
        EUR  euro^ euro's
        pound  pond!
        GBP  pond_sterling britse_pond britse_ponden
        JPY  yen
        CNY  yuan renminbi
        rupee  roepie roepies roepia
        rouble  roebel roebels
        franc  frank franken
        krone  kroon kronen
        peso  peso peso's
        dinar  dinar dinars
        lira  lira lire
        won  won
        manat  manat
        PLN  zloty
        HUF  forint
        leu  leu lei
        NLG  gulden guldens
        ZAR  rand
        BRL  real reais
        GEL  lari
        cent/100  cent centen eurocent
        penny/100  pence penny
    """,
    scales="""
        1e2  honderd
        1e3  duizend
        1e6  miljoen miljoenen mln. mln mio m M
        1e9  miljard miljarden mld. mld mrd
        1e12  biljoen
    """,
    numbers="""
        and  en ën
        1  een één ene
        2  twee
        3  drie
        4  vier
        5  vijf
        6  zes
        7  zeven
        8  acht
        9  negen
        10  tien
        11  elf
        12  twaalf
        13  dertien
        14  veertien
        15  vijftien
        16  zestien
        17  zeventien
        18  achttien
        19  negentien
        20  twintig
        30  dertig
        40  veertig
        50  vijftig
        60  zestig
        70  zeventig
        80  tachtig
        90  negentig
        0.5  half halve een_half een_halve
        1.5  anderhalf anderhalve
        2.5  tweeënhalf
    """,
    compounds=True,
    countries="""
        US  amerikaanse us
        GB  britse engelse
        CH  zwitserse
        CA  canadese
        AU  australische
        HK  hongkongse hongkong
        TR  turkse
        RU  russische
        DK  deense
        NO  noorse
        SE  zweedse
        CZ  tsjechische
        IN  indiase
        BE  belgische
        FR  franse
    """,
    ranges="tot à",
    range_openings="tussen",
    defaults="cent:EUR",
    denominations="biljet biljetten munt munten",
)


SV = Vocabulary(
    units="""
        SEK*1e6  mkr msek
        SEK*1e9  mdkr mdsek
        SEK*1e3  tkr tsek
        krone  krona kronor kronors kronan kronorna
        dollar  dollar dollarn dollars
        EUR  euro euron
        pound  pund!
        GBP  pund_sterling brittiska_pund
        JPY  yen
        CNY  yuan renminbi
        rupee  rupie rupier rupee rupees
        rouble  rubel
        franc  franc francs frank
        peso  peso pesos
        dinar  dinar dinarer
        lira  lira lire
        won  won!
        mark  mark!
        PLN  zloty złoty
        HUF  forint
        ZAR  rand
        manat  manat
        GEL  lari
        UAH  hryvnia
        cent/100  cent
        ore/100  öre
        penny/100  pence penny
    """,
    scales="""
        1e2  hundra
        1e3  tusen
        1e6  miljon miljoner mn mn. milj. milj
        1e9  miljard miljarder mdr md
        1e12  biljon biljoner
    """,
    numbers="""
        and  och
        1  en ett
        2  två
        3  tre
        4  fyra
        5  fem
        6  sex
        7  sju
        8  åtta
        9  nio
        10  tio
        11  elva
        12  tolv
        13  tretton
        14  fjorton
        15  femton
        16  sexton
        17  sjutton
        18  arton
        19  nitton
        20  tjugo
        30  trettio
        40  fyrtio
        50  femtio
        60  sextio
        70  sjuttio
        80  åttio
        90  nittio
        0.5  halv halva en_halv
        1.5  en_och_en_halv
    """,
    compounds=True,
    countries="""
        SE  svenska
        NO  norska
        DK  danska
        IS  isländska
        CZ  tjeckiska
        US  amerikanska us
        GB  brittiska
        CH  schweiziska schweizer
        CA  kanadensiska
        AU  australiska
        TR  turkiska
        RU  ryska
        IN  indiska
        FR  franska
        FI  finska
        DE  tyska
    """,
    ranges="till",
    range_openings="mellan",
    defaults="krone:SEK ore:SEK",
    denominations="sedel sedlar mynt",
)

_NB_DA_UNITS = """
        krone  krone kroner kronen kronene kronar
        NOK*1e6  mnok
        NOK*1e9  mdnok
        DKK*1e6  mdkk
        dollar  dollar dollars dollaren
        EUR  euro euroen
        pound  pund!
        GBP  pund_sterling britiske_pund
        JPY  yen
        CNY  yuan renminbi
        CZK  koruna
        SEK  kronor
        rupee  rupi rupier rupee rupees
        rouble  rubel rubler
        franc  franc francs franken
        peso  peso pesos
        dinar  dinar dinarer
        lira  lira lire
        won  won!
        THB  baht bhat
        PLN  zloty sloty złoty
        HUF  forint
        ZAR  rand
        manat  manat
        GEL  lari
        cent/100  cent cents
        ore/100  øre
        penny/100  pence penny
        CHF/100  rappen
"""
_NB_DA_COUNTRIES = """
        NO  norske
        SE  svenske
        DK  danske
        IS  islandske
        CZ  tsjekkiske tjekkiske
        US  amerikanske us
        GB  britiske engelske
        CH  sveitsiske schweiziske schweizer
        CA  canadiske kanadiske
        AU  australske
        HK  hongkong
        TR  tyrkiske
        RU  russiske
        IN  indiske
        JP  japanske
        CN  kinesiske kinesisk
        PL  polske
        TH  thailandske thailand
        ZA  sørafrikanske sydafrikanske
        FR  franske
        DE  tyske
"""

NO = Vocabulary(
    units=_NB_DA_UNITS,
    scales="""
        1e2  hundre
        1e3  tusen
        1e6  million millioner mill. mill mill mrd
        1e9  milliard milliarder mrd. mrd
        1e12  billion billioner
    """,
    numbers="""
        and  og
        1  en ett én ei
        2  to
        3  tre
        4  fire
        5  fem
        6  seks
        7  sju syv
        8  åtte
        9  ni
        10  ti
        11  elleve
        12  tolv
        13  tretten
        14  fjorten
        15  femten
        16  seksten
        17  sytten
        18  atten
        19  nitten
        20  tjue
        30  tretti
        40  førti
        50  femti
        60  seksti
        70  sytti
        80  åtti
        90  nitti
        0.5  halv en_halv
        1.5  halvannen
    """,
    compounds=True,
    countries=_NB_DA_COUNTRIES,
    ranges="til",
    range_openings="mellom",
    defaults="krone:NOK ore:NOK",
    denominations="seddel sedler mynt",
)

DA = Vocabulary(
    units=_NB_DA_UNITS,
    scales="""
        1e2  hundrede
        1e3  tusind tusinde
        1e6  million millioner mio. mio mill.
        1e9  milliard milliarder mia. mia mia mrd.
        1e12  billion billioner
    """,
    numbers="""
        and  og
        1  en et én
        2  to
        3  tre
        4  fire
        5  fem
        6  seks
        7  syv
        8  otte
        9  ni
        10  ti
        11  elleve
        12  tolv
        13  tretten
        14  fjorten
        15  femten
        16  seksten
        17  sytten
        18  atten
        19  nitten
        20  tyve
        30  tredive
        40  fyrre
        50  halvtreds
        60  tres
        70  halvfjerds
        80  firs
        90  halvfems
        0.5  halv en_halv
        1.5  halvanden
    """,
    compounds=True,
    countries=_NB_DA_COUNTRIES,
    ranges="til",
    range_openings="mellem",
    defaults="krone:DKK ore:DKK",
    denominations="seddel sedler mønt mønter",
)

IS = Vocabulary(
    units="""
        ISK*1e6  m.kr.
        krone  króna krónur króna krónum krónu
        dollar  dollar/ar/a/ari/i dalir dala dali
        EUR  evra evrur evrum
        pound  pund!
        cent/100  sent
    """,
    scales="""
        1e3  þúsund
        1e6  milljón milljónir milljóna milljónum
        1e9  milljarður milljarðar milljarða milljörðum
    """,
    countries="US  bandaríkja bandaríkjadalir\nDK  danskar\nNO  norskar\nSE  sænskar",
    ranges="til",
    range_openings="milli",
    defaults="krone:ISK",
)

LANGUAGES = {
    "en": EN,
    "de": DE,
    "nl": NL,
    "sv": SV,
    "no": NO,
    "nb": NO,
    "nn": NO,
    "da": DA,
    "is": IS,
}
