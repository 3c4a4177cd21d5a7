"""Russian, Ukrainian, Belarusian, Bulgarian, Macedonian, Polish, Czech, Slovak, Croatian, Serbian, Bosnian, Slovene."""

from schemas.currencies.vocabulary import Vocabulary

RU = Vocabulary(
    units="""
        rouble  рубл/ь/я/ю/ем/ей/и/ям/ями/ях/е
        dollar  доллар//а/у/ом/е/ы/ов/ам/ами/ах долл. долл бакс! бакса! баксов
        EUR  евро^ еврик!
        pound  фунт//а/у/ом/ы/ов/ам/ами/ах фунт_стерлингов фунта_стерлингов фунтов_стерлингов фунты_стерлингов фунтам_стерлингов
        JPY  иен/а/ы/у/е/ой/ам/ами/ах иен йен/а/ы/у/е/ой йен
        CNY  юан/ь/я/ю/ем/ей/и/ям/ями/ях/е
        rupee  рупи/я/и/ю/ей/й/ям/ями/ях
        franc  франк//а/у/ом/е/и/ов/ам/ами/ах
        krone  крон/а/ы/у/е/ой/ам/ами/ах крон
        CZK  чешских_крон чешские_кроны
        peso  песо
        dinar  динар//а/у/ом/е/ы/ов/ам/ами/ах
        dirham  дирхам//а/у/ом/ы/ов/ам/ами/ах
        rial  риал//а/у/ом/ы/ов/ам/ами/ах риял//а/у/ы/ов
        manat  манат//а/у/ом/е/ы/ов/ам/ами/ах
        lira  лир/а/ы/у/е/ой/ам/ами/ах лир
        won  вон! вон/а/ы/у!
        GEL  лари
        AMD  драм! драм/а/у/ом/ы/ов/ам/ами/ах
        KZT  тенге тг
        som  сом//а/у/ом/ы/ов/ам/ами/ах
        UZS  сум//а/у/ом/ы/ов/ам/ами/ах сумов
        TJS  сомони
        UAH  гривн/а/ы/у/е/ой/ам/ами/ах гривен гривень грн^ грн.
        BYN  белорусских_рублей белорусского_рубля белорусский_рубль белорусских_рубля белорусским_рублям
        leu  лей лея лею леев леи леями лееям
        lev  лев! лева! левов левы
        PLN  злот/ый/ого/ому/ых/ые/ым/ыми
        HUF  форинт//а/у/ом/ы/ов/ам/ами/ах
        HRK  куна! кун/ы/у! кун!
        mark  марк/а/и/у! марок!
        ILS  шекел/ь/я/ю/ем/ей/и/ям/ями/ях
        THB  бат//а/ов/ы
        VND  донг//а/ов/и
        IDR  индонезийских_рупий
        MNT  тугрик//а/у/и/ов/ам
        BRL  реал//а/ов/ы
        ZAR  рэнд//а/ов/ы ранд//а/ов
        BDT  така
        shilling  шиллинг//а/и/ов
        ITL  итальянских_лир
        cent/100  цент//а/у/ом/е/ы/ов/ам/ами/ах евроцент//а/ов
        kopeck/100  копе/йка/йки/йку/йке/йкой/ек/йкам/йками/йках коп. коп
        qepik/100  гяпик//а/у/и/ов/ам/ами гепик//а/ов/и
        GEL/100  тетри
        KZT/100  тиын//а/ов
        penny/100  пенс//а/ов/ы пенни
        AMD/100  лум//а/ов
        ILS/100  агорот агора
        CHF/100  раппен//ов
        paisa/100  пайс/а/ы
    """,
    scales="""
        1e2  сотн/я/и сотен
        1e3  тысяч тысяч/а/и/у/е/ей/ам/ами/ах 1:тысяча 1:тысячу тыс. тыс к К тыщ
        1e6  1:миллион миллион/а/у/ом/е/ы/ов/ам/ами/ах млн млн. мил. мио м М
        1e9  1:миллиард миллиард/а/у/ом/е/ы/ов/ам/ами/ах млрд млрд. млд
        1e12  1:триллион триллион/а/у/ом/е/ы/ов/ам/ами/ах трлн трлн.
        1e5  лакх
    """,
    numbers="""
        and  и
        point  целых
        1  один одна одного одну одной одному одним
        2  два две двух двум двумя
        3  три трех трёх трем тремя
        4  четыре четырех четырёх четырем
        5  пять пяти пятью
        6  шесть шести
        7  семь семи
        8  восемь восьми
        9  девять девяти
        10  десять десяти десятью
        11  одиннадцат/ь/и
        12  двенадцат/ь/и
        13  тринадцат/ь/и
        14  четырнадцат/ь/и
        15  пятнадцат/ь/и
        16  шестнадцат/ь/и
        17  семнадцат/ь/и
        18  восемнадцат/ь/и
        19  девятнадцат/ь/и
        20  двадцат/ь/и
        30  тридцат/ь/и
        40  сорок сорока
        50  пятьдесят пятидесяти
        60  шестьдесят шестидесяти
        70  семьдесят семидесяти
        80  восемьдесят восьмидесяти
        90  девяносто девяноста
        100  сто ста
        200  двести двухсот
        300  триста трехсот трёхсот
        400  четыреста четырехсот четырёхсот
        500  пятьсот пятисот
        600  шестьсот шестисот
        700  семьсот семисот
        800  восемьсот восьмисот
        900  девятьсот девятисот
        1.5  полтора полторы полутора
        2.5  два_с_половиной две_с_половиной
        3.5  три_с_половиной
        4.5  четыре_с_половиной
        5.5  пять_с_половиной
        0.5  половина половину
        500000  полмиллиона
        500000000  полмиллиарда
        500  полтысячи
    """,
    countries="""
        US  сша американск/ий/их/ого/ие/им/ими/ому
        GB  британск/ий/их/ого/ие английск/ий/их/ого стерлингов
        CH  швейцарск/ий/их/ого/ие/им/ими/ому
        CA  канадск/ий/их/ого/ие/им
        AU  австралийск/ий/их/ого/ие/им
        NZ  новозеландск/ий/их/ого
        HK  гонконгск/ий/их/ого
        SG  сингапурск/ий/их/ого
        TW  тайваньск/ий/их/ого
        TR  турецк/ая/их/ой/ие/ую/им
        RU  российск/ий/их/ого/ие/им/ими рф русск/их/ого
        BY  белорусск/ий/их/ого/ие/им/ими беларуск/их
        EG  египетск/ий/их/ого/ие
        LB  ливанск/ий/их/ого
        SY  сирийск/ий/их/ого
        PK  пакистанск/ая/их/ой/ие
        IN  индийск/ая/их/ой/ие
        LK  шри-ланкийских
        MX  мексиканск/ий/их/ого
        AR  аргентинск/ий/их/ого
        CL  чилийск/ий/их/ого
        CO  колумбийск/ий/их/ого
        PH  филиппинск/ий/их/ого
        DK  датск/ая/их/ой/ие
        NO  норвежск/ая/их/ой/ие
        SE  шведск/ая/их/ой/ие
        CZ  чешск/ая/их/ой/ие
        IS  исландск/ая/их/ой/ие
        RS  сербск/ий/их/ого/ие
        KW  кувейтск/ий/их/ого
        JO  иорданск/ий/их/ого
        IQ  иракск/ий/их/ого
        TN  тунисск/ий/их/ого
        DZ  алжирск/ий/их/ого
        AE  оаэ эмиратск/их
        MA  марокканск/ий/их
        SA  саудовск/ий/их/ого
        QA  катарск/ий/их/ого
        IR  иранск/ий/их/ого/ие
        OM  оманск/их
        AZ  азербайджанск/ий/их/ого/ие/им
        TM  туркменск/ий/их/ого/ие туркменистанск/их
        KR  южнокорейск/ая/их/ой корейск/их
        KP  северокорейск/их
        KG  киргизск/ий/их/ого кыргызск/их
        UZ  узбекск/ий/их/ого
        KZ  казахстанск/ий/их/ого казахск/их
        AM  армянск/ий/их/ого
        GE  грузинск/ий/их
        UA  украинск/ая/их/ой/ие
        JP  японск/ая/их/ой
        CN  китайск/ий/их/ого
        MD  молдавск/ий/их
        RO  румынск/ий/их
        BG  болгарск/ий/их
        PL  польск/ий/их/ого
        FR  французск/ий/их
        DE  немецк/их
        IT  итальянск/их
    """,
    ranges="до",
    range_openings="между от",
    denominations="купюра купюры купюру купюр купюрами банкнота банкноты банкноту банкнот монета монеты монету монет",
)

UK = Vocabulary(
    units="""
        UAH  гривн/я/і/ю/ею/ям/ями/ях гривень грн^ грн.
        dollar  долар//а/у/ом/і/и/ів/ам/ами/ах дол. дол
        EUR  євро
        pound  фунт//а/у/и/ів/ам/ами фунтів_стерлінгів фунта_стерлінгів фунти_стерлінгів
        JPY  єн/а/и/у єн ієн
        CNY  юан/ь/я/ю/і/ів/ям
        rupee  рупі/я/ї/ю рупій
        rouble  рубл/ь/я/ю/і/ів/ям/ями
        franc  франк//а/у/и/ів
        krone  крон/а/и/у крон
        peso  песо
        dinar  динар//а/и/ів
        rial  ріал//а/и/ів
        manat  манат//а/и/ів
        lira  лір/а/и/у лір
        won  вон!
        PLN  злот/ий/ого/их/і
        HUF  форинт//а/и/ів
        leu  лей леїв леї лея
        lev  левів
        ILS  шекел/ь/я/ів/і
        GEL  ларі
        KZT  теньге
        cent/100  цент//а/и/ів/ам
        UAH/100  копі/йка/йки/йок/йку коп. коп
        penny/100  пенс//а/и/ів
    """,
    scales="""
        1e2  сотня сотні
        1e3  тисяч тисяч/а/і/у/ею/ам 1:тисяча 1:тисячу тис. тис
        1e6  1:мільйон мільйон/а/у/ом/и/ів/ам/ами млн млн.
        1e9  1:мільярд мільярд/а/у/ом/и/ів/ам/ами млрд млрд.
        1e12  1:трильйон трильйон/а/и/ів трлн трлн.
    """,
    numbers="""
        and  і й та
        1  один одна одну одного одної
        2  два дві двох
        3  три трьох
        4  чотири чотирьох
        5  п'ять пять
        6  шість
        7  сім
        8  вісім
        9  дев'ять девять
        10  десять десяти
        20  двадцять
        30  тридцять
        40  сорок
        50  п'ятдесят пятдесят
        60  шістдесят
        70  сімдесят
        80  вісімдесят
        90  дев'яносто девяносто
        100  сто
        200  двісті
        300  триста
        400  чотириста
        500  п'ятсот пятсот
        600  шістсот
        700  сімсот
        800  вісімсот
        900  дев'ятсот
        1.5  півтора півтори
        500000  півмільйона
        500000000  півмільярда
    """,
    countries="""
        US  сша американськ/их/ий/ого/і
        GB  британськ/их/ий/ого стерлінгів
        CH  швейцарськ/их/ий/ого
        CA  канадськ/их/ий/ого
        AU  австралійськ/их/ий/ого
        TR  турецьк/их/а/ої/і
        RU  російськ/их/ий/ого рф
        BY  білоруськ/их/ий
        CZ  чеськ/их/а
        SE  шведськ/их/а
        NO  норвезьк/их/а
        DK  данськ/их/а
        PL  польськ/их/ий
        JP  японськ/их
        CN  китайськ/их
        IN  індійськ/их
        IR  іранськ/их
        AZ  азербайджанськ/их/ий
    """,
    ranges="до",
    range_openings="між від",
    denominations="купюра купюри купюру банкнота банкноти",
)

BE = Vocabulary(
    units="""
        rouble  рубл/ь/я/ю/ём/і/ёў/ям/ямі
        dollar  долар//а/у/ам/ы/аў/амі
        EUR  еўра
        pound  фунт//а/аў
        PLN  злот/ы/ых
        UAH  грыў/ня/ні/няў
        cent/100  цэнт//а/аў/ы
        kopeck/100  капе/йка/йкі/ек/йку
    """,
    scales="1e3  тысяч тысяч/а/ы/у тыс. тыс\n1e6  1:мільён мільён/а/аў/ы млн млн.\n1e9  1:мільярд мільярд/а/аў/ы млрд млрд.",
    numbers="1  адзін адна\n2  два дзве\n3  тры\n5  пяць\n10  дзесяць\n100  сто\n1.5  паўтара",
    countries="US  зша амерыканск/іх\nRU  расійск/іх/ага\nBY  беларуск/іх/ага",
    ranges="да",
    defaults="rouble:BYN kopeck:BYN",
)

BG = Vocabulary(
    units="""
        lev  лев лева левове левовете лв^ лв.
        dollar  долар//а/и/ът/ите
        EUR  евро
        pound  паунд//а/и лира! лири_стерлинги британски_лири британски_паунда
        lira  лири турски_лири
        JPY  йен/а/и
        CNY  юан//а/и
        rupee  рупи/я/и
        rouble  рубл/а/и
        franc  франк//а/ове
        krone  крон/а/и
        dinar  динар//а/и
        PLN  злоти
        HUF  форинт//а/и
        leu  леи лея
        UAH  гривн/а/и
        mark  марки!
        cent/100  цент//а/ове евроцент//а
        BGN/100  стотинк/а/и ст.! ст!
        penny/100  пенс//а пенса
    """,
    scales="""
        1e2  стотици
        1e3  хиляд/а/и хил. хил
        1e6  милион//а/и млн млн. мил.
        1e9  милиард//а/и млрд млрд. млд.
        1e12  трилион//а/и трлн
    """,
    numbers="""
        and  и
        1  един една едно
        2  два две
        3  три
        4  четири
        5  пет
        6  шест
        7  седем
        8  осем
        9  девет
        10  десет
        11  единадесет единайсет
        12  дванадесет дванайсет
        13  тринадесет тринайсет
        14  четиринадесет четиринайсет
        15  петнадесет петнайсет
        16  шестнадесет шестнайсет
        17  седемнадесет седемнайсет
        18  осемнадесет осемнайсет
        19  деветнадесет деветнайсет
        20  двадесет двайсет
        30  тридесет трийсет
        40  четиридесет четирийсет
        50  петдесет
        60  шестдесет шейсет
        70  седемдесет
        80  осемдесет
        90  деветдесет
        100  сто
        200  двеста
        300  триста
        400  четиристотин
        500  петстотин
        600  шестстотин
        700  седемстотин
        800  осемстотин
        900  деветстотин
        0.5  половин
    """,
    countries="US  щатски американски сащ\nGB  британски английски\nCH  швейцарски\nCA  канадски\nAU  австралийски\nTR  турски\nRU  руски\nRS  сръбски\nRO  румънски\nCZ  чешки\nSE  шведски\nNO  норвежки\nDK  датски",
    ranges="до",
    range_openings="между от",
    denominations="банкнота банкноти монета монети",
)

MK = Vocabulary(
    units="""
        MKD  денар//и/ите ден. ден
        dollar  долар//и/ите
        EUR  евро евра
        pound  фунт//и
        cent/100  цент//и
    """,
    scales="1e3  илјад/а/и\n1e6  милион//и млн. млн\n1e9  милијард/а/и млрд. млрд",
    numbers="and  и\n1  еден една\n2  два две\n3  три\n4  четири\n5  пет\n10  десет\n20  дваесет\n50  педесет\n100  сто",
    countries="US  американски сад\nCH  швајцарски",
    ranges="до",
    range_openings="меѓу",
)

PL = Vocabulary(
    units="""
        PLN  złot/y/ego/ych/e/emu/ym/ówka/ówki zł zł.
        dollar  dolar//a/y/ów/om/ami/ach/em/owi dol. dol
        EUR  euro
        pound  funt//a/y/ów/om/em! funtów_szterlingów funty_szterlingi funta_szterlinga
        JPY  jen//a/y/ów
        CNY  juan//a/y/ów yuan//a/y/ów
        rupee  rupi/a/i/e
        rouble  rubl/a/i/e/om rubel
        franc  frank//a/i/ów/om/ach
        krone  koron/a/y/ę/om koron
        peso  peso pesos
        dinar  dinar//a/y/ów
        rial  rial//a/i/ów
        lira  lir/a/y/ę lir
        UAH  hrywn/a/y/ę hrywien
        HUF  forint//a/y/ów
        leu  lej leja leje lejów
        lev  lew! lewa! lewy lewów
        BYN  rubli_białoruskich
        mark  mark/a/i/ę! marek!
        ILS  szekel szekl/a/i/e
        manat  manat//a/y/ów
        GEL  lari
        cent/100  cent//a/y/ów eurocent//ów
        PLN/100  grosz//a/e/y gr gr.
        penny/100  pens//a/y/ów
        kopeck/100  kopiejk/a/i kopiejek
    """,
    scales="""
        1e2  setki
        1e3  tysiąc tysiące tysięcy tysiąca tys. tys 1:tysiąc
        1e6  1:milion milion/a/y/ów/om/em mln mln.
        1e9  1:miliard miliard/a/y/ów/om mld mld. mlrd
        1e12  1:bilion bilion/a/y/ów bln
    """,
    numbers="""
        and  i
        1  jeden jedna jedno jednego jedną
        2  dwa dwie dwóch
        3  trzy trzech
        4  cztery czterech
        5  pięć pięciu
        6  sześć sześciu
        7  siedem siedmiu
        8  osiem ośmiu
        9  dziewięć dziewięciu
        10  dziesięć dziesięciu
        11  jedenaście
        12  dwanaście
        13  trzynaście
        14  czternaście
        15  piętnaście
        16  szesnaście
        17  siedemnaście
        18  osiemnaście
        19  dziewiętnaście
        20  dwadzieścia
        30  trzydzieści
        40  czterdzieści
        50  pięćdziesiąt
        60  sześćdziesiąt
        70  siedemdziesiąt
        80  osiemdziesiąt
        90  dziewięćdziesiąt
        100  sto
        200  dwieście
        300  trzysta
        400  czterysta
        500  pięćset
        600  sześćset
        700  siedemset
        800  osiemset
        900  dziewięćset
        1.5  półtora półtorej
        500000  pół_miliona
        500000000  pół_miliarda
    """,
    countries="""
        US  amerykański/ amerykańskich amerykańskie usa
        GB  brytyjskich brytyjskie szterlingów
        CH  szwajcarskich szwajcarskie szwajcarski szwajcarskiego
        CA  kanadyjskich
        AU  australijskich
        TR  tureckich tureckie
        RU  rosyjskich rosyjskie
        BY  białoruskich
        CZ  czeskich czeskie
        SE  szwedzkich
        NO  norweskich
        DK  duńskich
        IS  islandzkich
        UA  ukraińskich
        PL  polskich
    """,
    ranges="do",
    range_openings="między pomiędzy od",
    denominations="banknot banknoty banknotów moneta monety monet",
)

_CS_SK_COUNTRIES = """
        US  amerických americké americký
        GB  britských britské šterlinků
        CH  švýcarských švajčiarskych švýcarské
        CA  kanadských
        AU  australských austrálskych
        TR  tureckých turecké
        RU  ruských ruské
        CZ  českých české
        SK  slovenských
        SE  švédských
        NO  norských nórskych
        DK  dánských dánskych
        PL  polských poľských
        IS  islandských
"""

CS = Vocabulary(
    units="""
        krone  korun/a/y/u/ám/ami/ách/ě/ou korun
        CZK  kč
        dollar  dolar//u/y/ů/ům/em/ech dolar/ech
        EUR  euro eura eur eurech eurům
        pound  libr/a/y/u liber! libra_šterlinků liber_šterlinků libry_šterlinků
        JPY  jen//u/y/ů
        CNY  jüan//u/y/ů juan//u/y/ů
        rupee  rupi/e/í
        rouble  rubl/ů/y/e/u rubl//ů
        franc  frank//u/y/ů
        PLN  zlot/ý/ých/é
        HUF  forint//u/y/ů
        UAH  hřiv/na/ny/en/nu
        lira  lir/a/y lir!
        peso  pes/o/a! pesos
        cent/100  cent//u/y/ů eurocent//u/y/ů
        haler/100  haléř//e/ů/i
        penny/100  penc/e/í
    """,
    scales="""
        1e2  set stovky
        1e3  tisíc tisíce tisíců 1:tisíc tis. tis
        1e6  1:milion 1:milión milion/u/y/ů/ům milión/u/y/ů/ov mil. mil mio mio. mln
        1e9  1:miliarda miliard miliard/a/y/u/ám mld. mld mrd
        1e12  1:bilion bilion/u/y/ů
    """,
    numbers="""
        and  a
        1  jeden jedna jedno jednu
        2  dva dvě
        3  tři
        4  čtyři
        5  pět
        6  šest
        7  sedm
        8  osm
        9  devět
        10  deset
        11  jedenáct
        12  dvanáct
        15  patnáct
        20  dvacet
        30  třicet
        40  čtyřicet
        50  padesát
        60  šedesát
        70  sedmdesát
        80  osmdesát
        90  devadesát
        100  sto
        200  dvě_stě
        1.5  půldruhého
        0.5  půl
    """,
    countries=_CS_SK_COUNTRIES,
    ranges="až do",
    range_openings="mezi od",
    defaults="krone:CZK haler:CZK",
    denominations="bankovka bankovky bankovku bankovek mince mincí",
)

SK = Vocabulary(
    units="""
        EUR  euro eur/a/ách/ám/ami eurami eur
        krone  korun/a/y/u/ám korún
        dollar  dolár//a/e/ov/om/och/mi
        pound  libr/a/y/u libier
        JPY  jen//u/y/ov
        CNY  jüan//u/y/ov
        rouble  rub/eľ/ľa/le/ľov
        franc  frank//u/y/ov
        PLN  zlot/ý/ých/é
        HUF  forint//u/y/ov
        UAH  hriv/na/ny/ien
        cent/100  cent//u/y/ov
        haler/100  halier//a/e/ov
    """,
    scales="""
        1e3  tisíc tisíce tis. tis 1:tisíc
        1e6  1:milión milión/a/y/ov/om milióna mil. mil mln mio
        1e9  1:miliarda miliárd miliard/a/y/u mld. mld
        1e12  bilión/a/y/ov
    """,
    numbers="and  a\n1  jeden jedna jedno\n2  dva dve\n3  tri\n4  štyri\n5  päť\n6  šesť\n7  sedem\n8  osem\n9  deväť\n10  desať\n20  dvadsať\n30  tridsať\n50  päťdesiat\n100  sto\n0.5  pol",
    countries=_CS_SK_COUNTRIES,
    ranges="až do",
    range_openings="medzi od",
    defaults="krone:SKK haler:SKK",
    denominations="bankovka bankovky bankovku minca mince",
)

_HR_SR_NUMBERS = """
        and  i
        1  jedan jedna jedno jednog jednu
        2  dva dvije dve dvaju
        3  tri
        4  četiri cetiri
        5  pet
        6  šest sest
        7  sedam
        8  osam
        9  devet
        10  deset
        11  jedanaest
        12  dvanaest
        13  trinaest
        14  četrnaest
        15  petnaest
        16  šesnaest
        17  sedamnaest
        18  osamnaest
        19  devetnaest
        20  dvadeset
        30  trideset
        40  četrdeset
        50  pedeset
        60  šezdeset
        70  sedamdeset
        80  osamdeset
        90  devedeset
        100  sto
        200  dvjesto dvjesta dvesta dvesto
        300  tristo trista
        400  četiristo
        500  petsto
        600  šesto
        700  sedamsto
        800  osamsto
        900  devetsto
        0.5  pola pol
"""
_HR_SR_SCALES = """
        1e2  stotine stotina stotinu
        1e3  tisuć/a/e/u tisuća hiljad/a/e/u tis. tis
        1e6  milijun//a/i/e milion//a/i/e mil. mil mln. mln
        1e9  milijard/a/e/u/i mlrd. mlrd
        1e12  bilijun//a/i bilion//a/i
"""
_HR_SR_UNITS = """
        EUR  euro eura eur/i/ima evro evr/a/i/ima
        dollar  dolar//a/i/e/ima/u
        pound  funt//a/i/e/u/ima
        HRK  kun/a/e/i/u/ama kuna
        dinar  dinar//a/i/e/ima/u din. din
        BAM  konvertibilnih_maraka konvertibilne_marke KM
        mark  mark/a/e/u! maraka
        JPY  jen//a/i
        CNY  juan//a/i
        rupee  rupij/a/e/u
        rouble  rublj/a/i/e rubalja rubalj
        franc  fran/ak/ka/aka/ci/ke
        krone  krun/a/e/u
        lira  lir/a/e
        PLN  zlot/a/i/ih
        HUF  forint//a/i/e
        cent/100  cent//a/i/e
        HRK/100  lip/a/e/u lipa
        penny/100  penij/a penija
        BAM/100  feninga
        RSD/100  para! pare!
"""
_HR_SR_COUNTRIES = """
        US  američk/ih/a/i/e/og sad
        GB  britansk/ih/a/e
        CH  švicarsk/ih/a/i švajcarsk/ih/a/i
        CA  kanadsk/ih/a
        AU  australsk/ih/a
        RS  srpsk/ih/a/i
        TR  tursk/ih/a/e
        RU  rusk/ih/a/e
        SE  švedsk/ih
        NO  norvešk/ih
        DK  dansk/ih
        CZ  češk/ih
        DE  njemačk/ih nemačk/ih
"""

HR = Vocabulary(
    units=_HR_SR_UNITS,
    scales=_HR_SR_SCALES,
    numbers=_HR_SR_NUMBERS,
    countries=_HR_SR_COUNTRIES,
    ranges="do",
    range_openings="između izmedju od",
    denominations="novčanica novčanice kovanica kovanice novčanicu",
)

SR = Vocabulary(
    units=_HR_SR_UNITS
    + """
        EUR  евро евр/а/и/има
        dollar  долар//а/и/е/има/у
        dinar  динар//а/и/е/има/у дин. дин
        pound  фунт//а/и/е
        rouble  рубљ/а/и рубаља
        franc  франак франака франка
        cent/100  цент//а/и
    """,
    scales=_HR_SR_SCALES
    + """
        1e3  хиљад/а/е/у
        1e6  милион//а/и
        1e9  милијард/а/е/у/и
    """,
    numbers=_HR_SR_NUMBERS
    + "\nand  и\n1  један једна\n2  два две\n3  три\n4  четири\n5  пет\n10  десет\n100  сто",
    countries=_HR_SR_COUNTRIES + "\nUS  америчк/их/а сад\nCH  швајцарск/их/а\nRS  српск/их",
    ranges="do до",
    range_openings="između između od između од",
    defaults="dinar:RSD",
    denominations="novčanica novčanice новчаница новчанице",
)

SL = Vocabulary(
    units="""
        EUR  evro evr/a/i/ov/e/om/ih evra
        dollar  dolar//ja/ji/jev/je/jem/jih
        pound  funt//a/i/ov/e
        franc  frank//a/i/ov/e
        SIT  tolar//ja/ji/jev/je
        rouble  rubelj rublj/a/ev
        cent/100  cent//a/i/ov/e
    """,
    scales="1e3  tisoč tisočev 1:tisoč\n1e6  milijon//a/i/ov/e mio. mio\n1e9  milijard//a/e/i/o mrd. mrd\n1e12  bilijon/a/ov",
    numbers="and  in\n1  en ena eno\n2  dva dve\n3  tri\n4  štiri\n5  pet\n6  šest\n7  sedem\n8  osem\n9  devet\n10  deset\n20  dvajset\n30  trideset\n50  petdeset\n100  sto\n0.5  pol",
    countries="US  ameriških ameriški\nGB  britanskih\nCH  švicarskih",
    ranges="do",
    range_openings="med od",
)

LANGUAGES = {
    "ru": RU, "uk": UK, "be": BE, "bg": BG, "mk": MK, "pl": PL, "cs": CS, "sk": SK, "hr": HR, "bs": HR, "sr": SR, "sl": SL,
}  # fmt: skip
