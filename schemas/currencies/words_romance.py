"""French, Spanish, Italian, Portuguese, Catalan, Romanian, and Irish."""

from schemas.currencies.vocabulary import Vocabulary

FR = Vocabulary(
    units="""
        dollar  dollar dollars
        EUR  euro euros
        pound  livre! livres! livres_sterling livre_sterling
        GBP  sterling
        JPY  yen yens
        CNY  yuan yuans renminbi
        rupee  roupie roupies
        rouble  rouble roubles
        franc  franc francs
        cfa  franc_cfa francs_cfa f_cfa fcfa
        CHF  franc_suisse francs_suisses
        krone  couronne! couronnes!
        peso  peso pesos
        dinar  dinar dinars
        dirham  dirham dirhams
        rial  rial rials riyal riyals
        manat  manat manats
        lira  lire! lires livres_turques
        won  won wons
        GEL  lari laris
        AMD  dram drams
        KZT  tenge tenges
        UAH  hryvnia hryvnias
        PLN  zloty zlotys
        HUF  forint forints
        leu  leu lei
        lev  lev leva
        HRK  kuna kunas
        mark  mark marks
        ILS  shekel shekels
        THB  baht bahts
        VND  dong dongs
        IDR  roupie_indonésienne roupies_indonésiennes
        BRL  real! reais réal! réals
        ZAR  rand rands
        NGN  naira nairas
        GHS  cedi cedis
        shilling  shilling shillings
        PEN  sol! soles
        HTG  gourde gourdes
        MGA  ariary ariarys
        MRU  ouguiya ouguiyas
        KHR  riel riels
        LAK  kip kips
        bolivar  bolivar bolivars
        ESP  peseta pesetas
        DEM  deutsche_mark deutschemark
        NLG  florin florins
        cent/100  cent! cents
        centime/100  centime centimes
        penny/100  pence penny
        kopeck/100  kopeck kopecks
        qepik/100  qepik qepiks
        centavo/100  centavo centavos
    """,
    scales="""
        1e2  centaine centaines
        1e3  1:mille milliers millier k
        1e6  million millions mio m M
        1e9  milliard milliards md mds mrd mrds Md Mds G
        1e12  billion billions
        12  douzaine
    """,
    numbers="""
        and  et
        point  virgule
        1  un une
        2  deux
        3  trois
        4  quatre
        5  cinq
        6  six
        7  sept
        8  huit
        9  neuf
        10  dix
        11  onze
        12  douze
        13  treize
        14  quatorze
        15  quinze
        16  seize
        20  vingt vingts
        30  trente
        40  quarante
        50  cinquante
        60  soixante
        70  septante
        80  huitante octante
        90  nonante
        100  cent cents
        0.5  demi un_demi demie
        0.25  un_quart_de
    """,
    countries="""
        US  américain américains us états-unis états_unis
        GB  britannique britanniques anglaise anglaises
        CH  suisse suisses
        CA  canadien canadiens
        AU  australien australiens
        NZ  néo-zélandais néozélandais
        HK  hong_kong hongkongais
        SG  singapour singapouriens singapourien
        TW  taïwanais taiwanais
        TR  turque turques
        RU  russe russes
        BY  biélorusse biélorusses
        EG  égyptienne égyptiennes
        LB  libanaise libanaises
        SY  syrienne syriennes
        SD  soudanaise soudanaises
        PK  pakistanaise pakistanaises
        IN  indienne indiennes
        LK  sri-lankaise srilankaises
        NP  népalaise népalaises
        MX  mexicain mexicains
        AR  argentin argentins
        CL  chilien chiliens
        CO  colombien colombiens
        UY  uruguayen uruguayens
        PH  philippin philippins
        CU  cubain cubains
        DK  danoise danoises
        NO  norvégienne norvégiennes
        SE  suédoise suédoises
        CZ  tchèque tchèques
        IS  islandaise islandaises
        RS  serbe serbes
        KW  koweïtien koweïtiens
        JO  jordanien jordaniens
        IQ  irakien irakiens
        TN  tunisien tunisiens
        DZ  algérien algériens
        LY  libyen libyens
        MA  marocain marocains
        AE  émirati émiratis
        SA  saoudien saoudiens
        QA  qatari qataris qatarien qatariens
        IR  iranien iraniens
        AZ  azerbaïdjanais azéri azéris
        TM  turkmène turkmènes
        KR  sud-coréen sud-coréens coréen coréens
        JP  japonais
        CN  chinois
        CD  congolais
        RW  rwandais
        BI  burundais
        GN  guinéen guinéens
        DJ  djiboutien djiboutiens
        KM  comorien comoriens
        BE  belge belges
        FI  finlandais
        DE  allemand allemands
        NL  néerlandais
        FR  français
        PF  pacifique
    """,
    ranges="à",
    range_openings="entre",
    of="de d des du en",
    denominations="billet billets",
    defaults="",
)

_ES_COUNTRIES = """
        US  estadounidense estadounidenses americano americanos norteamericano norteamericanos eeuu ee.uu. us
        GB  británica británicas inglesa inglesas esterlina esterlinas
        CH  suizo suizos
        CA  canadiense canadienses
        AU  australiano australianos
        NZ  neozelandés neozelandeses
        HK  hong_kong hongkonés hongkoneses
        SG  singapur singapurense singapurenses
        TW  taiwanés taiwaneses
        TR  turca turcas
        RU  ruso rusos
        BY  bielorruso bielorrusos
        EG  egipcia egipcias
        LB  libanesa libanesas
        SY  siria sirias
        PK  pakistaní pakistaníes
        IN  india indias
        MX  mexicano mexicanos
        AR  argentino argentinos
        CL  chileno chilenos
        CO  colombiano colombianos
        UY  uruguayo uruguayos
        PH  filipino filipinos
        CU  cubano cubanos
        DO  dominicano dominicanos
        DK  danesa danesas
        NO  noruega noruegas
        SE  sueca suecas
        CZ  checa checas
        IS  islandesa islandesas
        RS  serbio serbios
        KW  kuwaití kuwaitíes
        JO  jordano jordanos
        IQ  iraquí iraquíes
        TN  tunecino tunecinos
        DZ  argelino argelinos
        LY  libio libios
        MA  marroquí marroquíes
        SA  saudí saudíes
        QA  catarí cataríes
        IR  iraní iraníes
        KR  surcoreano surcoreanos
        JP  japonés japoneses
        CN  chino chinos
        BR  brasileño brasileños
        PE  peruano peruanos
        PL  polaco polacos
        BE  belga belgas
        FR  francés franceses
        FI  finlandés finlandeses
        NL  holandés holandeses neerlandés neerlandeses
        DE  alemán alemanes
        AZ  azerbaiyano azerbaiyanos
"""

ES = Vocabulary(
    point_countries="MX PE GT HN NI SV DO PA PR US",
    units="""
        dollar  dólar dólares dolar dolares
        EUR  euro euros
        pound  libra! libras! libras_esterlinas libra_esterlina
        GBP  esterlinas
        JPY  yen yenes
        CNY  yuan yuanes renminbi
        rupee  rupia rupias
        rouble  rublo rublos
        franc  franco francos
        krone  corona! coronas!
        peso  peso! pesos
        dinar  dinar dinares
        dirham  dírham dirham dirhams dírhams
        rial  rial riales riyal riyales
        manat  manat manats
        lira  lira liras
        won  won wones
        PLN  zloty esloti zlotys
        HUF  forinto forintos florines_húngaros
        leu  leu lei
        BRL  real! reales! reais
        ZAR  rand rands
        PEN  sol! soles nuevos_soles nuevo_sol
        BOB  boliviano! bolivianos!
        bolivar  bolívar! bolívares
        PYG  guaraní! guaraníes
        CRC  colón! colones
        GTQ  quetzal quetzales
        HNL  lempira lempiras
        NIO  córdoba! córdobas
        PAB  balboa balboas
        UAH  grivna grivnas
        peso*1e6  mdp
        USD*1e6  mdd
        EUR*1e6  mde
        ESP  peseta pesetas
        mark  marco! marcos!
        ILS  séquel shekel shekels séqueles
        THB  baht bahts
        shilling  chelín chelines
        cent/100  cent cents centavo_de_dólar centavos_de_dólar
        centimo/100  céntimo céntimos centimo centimos
        centavo/100  centavo centavos
        penny/100  penique peniques
        kopeck/100  kopek kopeks
    """,
    scales="""
        1e2  cien ciento cientos
        1e3  1:mil miles
        1e6  millón millones millon M MM mill mill.
        1e9  millardo millardos
        1e12  billón billones billon
    """,
    numbers="""
        and  y con
        point  punto coma
        1  un una uno
        2  dos
        3  tres
        4  cuatro
        5  cinco
        6  seis
        7  siete
        8  ocho
        9  nueve
        10  diez
        11  once
        12  doce
        13  trece
        14  catorce
        15  quince
        16  dieciséis
        17  diecisiete
        18  dieciocho
        19  diecinueve
        20  veinte
        21  veintiún veintiuno
        22  veintidós
        23  veintitrés
        24  veinticuatro
        25  veinticinco
        26  veintiséis
        27  veintisiete
        28  veintiocho
        29  veintinueve
        30  treinta
        40  cuarenta
        50  cincuenta
        60  sesenta
        70  setenta
        80  ochenta
        90  noventa
        100  cien ciento
        200  doscientos doscientas
        300  trescientos trescientas
        400  cuatrocientos cuatrocientas
        500  quinientos quinientas
        600  seiscientos seiscientas
        700  setecientos setecientas
        800  ochocientos ochocientas
        900  novecientos novecientas
        0.5  medio media
    """,
    countries=_ES_COUNTRIES,
    ranges="a hasta",
    range_openings="entre",
    of="de en",
    denominations="billete billetes",
)

IT = Vocabulary(
    point_countries="CH",
    units="""
        dollar  dollaro dollari
        EUR  euro^ euri
        pound  sterlina sterline
        GBP  lira_sterlina lire_sterline
        JPY  yen
        CNY  yuan renminbi
        rupee  rupia rupie
        rouble  rublo rubli
        franc  franco franchi
        krone  corona! corone!
        peso  peso! pesos
        dinar  dinaro dinari dinar
        dirham  dirham dirhams
        rial  rial riyal
        manat  manat
        lira  lira lire
        won  won
        PLN  zloty
        HUF  fiorini_ungheresi
        NLG  fiorino fiorini
        leu  leu lei
        BRL  real! reais
        ZAR  rand
        mark  marco! marchi
        ESP  peseta pesete
        UAH  grivna grivnia hryvnia
        shilling  scellino scellini
        cent/100  cent cents
        centesimo/100  centesimo centesimi
        penny/100  penny pence
        kopeck/100  copeco copechi
    """,
    scales="""
        1e2  cento
        1e3  1:mille mila
        1e6  milione milioni mln mln. M mio ml
        1e9  miliardo miliardi mld mld. mrd
        1e12  bilione bilioni trilione trilioni
    """,
    numbers="""
        and  e
        point  virgola
        1  un uno una
        2  due
        3  tre
        4  quattro
        5  cinque
        6  sei
        7  sette
        8  otto
        9  nove
        10  dieci
        11  undici
        12  dodici
        13  tredici
        14  quattordici
        15  quindici
        16  sedici
        17  diciassette
        18  diciotto
        19  diciannove
        20  venti vent
        30  trenta trent
        40  quaranta quarant
        50  cinquanta cinquant
        60  sessanta sessant
        70  settanta settant
        80  ottanta ottant
        90  novanta novant
        0.5  mezzo mezza
    """,
    compounds=True,
    countries="""
        US  americano americani statunitense statunitensi usa us
        GB  britannico britanniche britannica inglesi sterline
        CH  svizzero svizzeri
        CA  canadese canadesi
        AU  australiano australiani
        NZ  neozelandese neozelandesi
        HK  hong_kong
        SG  singapore
        TR  turca turche
        RU  russo russi
        EG  egiziana egiziane
        LB  libanese libanesi
        IN  indiana indiane
        PK  pakistana pakistane
        MX  messicano messicani
        AR  argentino argentini
        CL  cileno cileni
        CO  colombiano colombiani
        PH  filippino filippini
        DK  danese danesi
        NO  norvegese norvegesi
        SE  svedese svedesi
        CZ  ceca ceche
        RS  serbo serbi
        KW  kuwaitiano kuwaitiani
        TN  tunisino tunisini
        DZ  algerino algerini
        IQ  iracheno iracheni
        JP  giapponese giapponesi
        CN  cinese cinesi
        KR  sudcoreano sudcoreani
        IT  italiana italiane
        FR  francese francesi
        BE  belga belgi
        DE  tedesco tedeschi
        FI  finlandese finlandesi
        NL  olandese olandesi
    """,
    ranges="a",
    range_openings="tra fra",
    of="di d in",
    defaults="pound:GBP lira:ITL",
    denominations="banconota banconote moneta monete",
)

PT = Vocabulary(
    units="""
        BRL  real real! reais
        dollar  dólar dólares dolar dolares
        EUR  euro euros
        pound  libra! libras! libras_esterlinas libra_esterlina
        JPY  iene ienes yen yens
        CNY  yuan yuans iuane iuanes renminbi
        rupee  rupia rupias
        rouble  rublo rublos
        franc  franco francos
        krone  coroa! coroas!
        peso  peso! pesos
        dinar  dinar dinares
        dirham  dirham dirhams
        rial  rial riais rials
        lira  lira liras
        won  won wons
        manat  manat manats
        PLN  zloty zlotys
        HUF  forint forints florins
        ZAR  rand rands
        AOA  kwanza kwanzas
        MZN  metical meticais
        PTE  escudo escudos
        CVE  escudos_cabo-verdianos
        MOP  pataca patacas
        PYG  guarani! guaranis
        UAH  hryvnia hryvnias
        mark  marco! marcos!
        cent/100  cent cents
        EUR/100  cêntimo cêntimos
        centavo/100  centavo centavos
        penny/100  pence péni
    """,
    scales="""
        1e2  cem cento
        1e3  1:mil milhares milhar
        1e6  milhão milhões milhao milhoes mi M mio mln
        1e9  bilhão bilhões bilhao bilhoes bi mil_milhões bn
        1e12  trilhão trilhões tri trilião triliões
    """,
    numbers="""
        and  e com
        point  vírgula ponto
        1  um uma
        2  dois duas
        3  três
        4  quatro
        5  cinco
        6  seis
        7  sete
        8  oito
        9  nove
        10  dez
        11  onze
        12  doze
        13  treze
        14  catorze quatorze
        15  quinze
        16  dezesseis dezasseis
        17  dezessete dezassete
        18  dezoito
        19  dezenove dezanove
        20  vinte
        30  trinta
        40  quarenta
        50  cinquenta
        60  sessenta
        70  setenta
        80  oitenta
        90  noventa
        200  duzentos duzentas
        300  trezentos trezentas
        400  quatrocentos quatrocentas
        500  quinhentos quinhentas
        600  seiscentos seiscentas
        700  setecentos setecentas
        800  oitocentos oitocentas
        900  novecentos novecentas
        0.5  meio meia
    """,
    countries="""
        US  americano americanos norte-americano norte-americanos estadunidense estadunidenses eua us
        GB  britânica britânicas esterlina esterlinas
        CH  suíço suíços
        CA  canadense canadenses canadiano canadianos
        AU  australiano australianos
        NZ  neozelandês neozelandeses
        HK  hong_kong
        SG  singapura
        TR  turca turcas
        RU  russo russos
        EG  egípcia egípcias
        LB  libanesa libanesas
        IN  indiana indianas
        PK  paquistanesa paquistanesas
        MX  mexicano mexicanos
        AR  argentino argentinos
        CL  chileno chilenos
        CO  colombiano colombianos
        UY  uruguaio uruguaios
        PH  filipino filipinos
        CU  cubano cubanos
        DK  dinamarquesa dinamarquesas
        NO  norueguesa norueguesas
        SE  sueca suecas
        CZ  checa checas tcheca tchecas
        IQ  iraquiano iraquianos
        KW  kuwaitiano kuwaitianos
        DZ  argelino argelinos
        MA  marroquino marroquinos
        SA  saudita sauditas
        BR  brasileiro brasileiros
        FI  finlandês finlandeses
        DE  alemão alemães
        CV  cabo-verdianos caboverdianos
        JP  japonês japoneses
        CN  chinês chineses
        FR  francês franceses
    """,
    ranges="a até",
    range_openings="entre",
    of="de em",
    denominations="nota notas moeda moedas cédula cédulas",
    defaults="centavo:BRL",
)

CA = Vocabulary(
    units="""
        dollar  dòlar dòlars dolar dolars
        EUR  euro euros
        pound  lliura lliures lliures_esterlines
        JPY  ien iens yen
        CNY  iuan iuans yuan
        rupee  rupia rupies
        rouble  ruble rubles
        franc  franc francs
        krone  corona! corone!s
        peso  peso! pesos
        dinar  dinar dinars
        lira  lira lires
        ESP  pesseta pessetes
        cent/100  cent cents
        EUR/100  cèntim cèntims
        penny/100  penics
    """,
    scales="""
        1e2  cent cent-s cents
        1e3  1:mil milers
        1e6  milió milions M
        1e9  miliard miliards
        1e12  bilió bilions
    """,
    numbers="""
        and  i
        1  un una
        2  dos dues
        3  tres
        4  quatre
        5  cinc
        6  sis
        7  set
        8  vuit
        9  nou
        10  deu
        11  onze
        12  dotze
        13  tretze
        14  catorze
        15  quinze
        16  setze
        17  disset
        18  divuit
        19  dinou
        20  vint
        30  trenta
        40  quaranta
        50  cinquanta
        60  seixanta
        70  setanta
        80  vuitanta
        90  noranta
        0.5  mig mitja
    """,
    countries="US  nord-americans americans estatunidencs\nGB  esterlines britàniques\nCH  suïssos\nCA  canadencs\nAU  australians\nMX  mexicans\nAR  argentins",
    ranges="a fins",
    range_openings="entre",
    of="de d en",
)

RO = Vocabulary(
    units="""
        leu  leu lei leului leilor
        dollar  dolar dolari dolarul dolarului dolarilor
        EUR  euro
        pound  liră! lire liră_sterlină lire_sterline lira!
        JPY  yen yeni
        CNY  yuan yuani
        rupee  rupie rupii
        rouble  rublă ruble
        franc  franc franci
        krone  coroană coroane
        peso  peso pesos
        dinar  dinar dinari
        rial  rial riali riyal
        lev  leva levă leve
        lira  lire_turcești
        PLN  zlot zloți
        HUF  forint forinți
        UAH  grivnă grivne hrivnă hrivne
        ILS  șekel șekeli
        cent/100  cent cenți centi
        ban/100  ban! bani
        penny/100  penny pence
    """,
    scales="""
        1e2  sută sute
        1e3  mie mii
        1e6  milion milioane mil. mil mln mln.
        1e9  miliard miliarde mld. mld mrd
        1e12  trilion trilioane
    """,
    numbers="""
        and  și si
        point  virgulă
        1  un o una unu
        2  doi două doua
        3  trei
        4  patru
        5  cinci
        6  șase sase
        7  șapte sapte
        8  opt
        9  nouă noua
        10  zece
        11  unsprezece
        12  doisprezece douăsprezece
        13  treisprezece
        14  paisprezece
        15  cincisprezece
        16  șaisprezece
        17  șaptesprezece
        18  optsprezece
        19  nouăsprezece
        20  douăzeci douazeci
        30  treizeci
        40  patruzeci
        50  cincizeci
        60  șaizeci
        70  șaptezeci
        80  optzeci
        90  nouăzeci
        0.5  jumătate
    """,
    countries="""
        US  americani american sua
        GB  sterline sterlină britanice
        CH  elvețieni elvețian
        CA  canadieni canadian
        AU  australieni australian
        TR  turcești turcească
        RU  rusești rusă
        MD  moldovenești moldovenesc
        EG  egiptiana egipteană egiptene
        LB  libaneză libaneze
        KW  kuweitian kuweitieni kuwaitian kuwaitieni
        QA  qatarian qatarieni qatarez
        SA  saudit saudiți
        RS  sârbești
        CZ  cehe cehești
        SE  suedeze
        NO  norvegiene
        DK  daneze
        JO  iordanian iordanieni
    """,
    ranges="la până_la pana_la",
    range_openings="între intre",
    of="de",
    denominations="bancnotă bancnote monedă monede",
)

GA = Vocabulary(
    units="""
        dollar  dollar dhollar dollair dhollair
        EUR  euro
        pound  punt phunt bpunt puint
        rupee  rúpaí
        cent/100  cent ceint ceinteanna gceint
        penny/100  pingin pingine bpingin
    """,
    scales="1e2  céad\n1e3  míle mhíle\n1e6  milliún mhilliún\n1e9  billiún bhilliún",
    numbers="1  aon amháin\n2  dhá dá\n3  trí\n4  ceithre\n5  cúig\n6  sé\n7  seacht\n8  ocht\n9  naoi\n10  deich\n20  fiche\nand  is agus",
    decimal=".",
    ranges="go",
    range_openings="idir",
)

LANGUAGES = {"fr": FR, "es": ES, "it": IT, "pt": PT, "ca": CA, "gl": ES, "ro": RO, "ga": GA}
