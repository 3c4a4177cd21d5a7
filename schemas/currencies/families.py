"""Names that several currencies share, and which currency each country means by them.

Facts: ISO 4217, and the names in CLDR. `DEFAULTS` holds what international reporting means by the bare
name; a family without a default cannot be known without a country and stays null.
"""

_EURO_AREA = "AD AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MC ME MT NL PT SI SK SM VA XK"

FAMILIES: dict[str, dict[str, str]] = {
    "dollar": dict(
        pair.split(":")
        for pair in (
            "US:USD EC:USD SV:USD PR:USD PA:USD TL:USD AU:AUD NR:AUD KI:AUD TV:AUD CA:CAD HK:HKD SG:SGD NZ:NZD TW:TWD "
            "JM:JMD TT:TTD BB:BBD BS:BSD BZ:BZD BM:BMD BN:BND FJ:FJD GY:GYD KY:KYD LR:LRD NA:NAD SB:SBD SR:SRD "
            "AG:XCD DM:XCD GD:XCD KN:XCD LC:XCD VC:XCD ZW:ZWL"
        ).split()
    ),
    "pound": dict(
        pair.split(":")
        for pair in "GB:GBP IM:GBP JE:GBP GG:GBP EG:EGP LB:LBP SY:SYP SD:SDG SS:SSP GI:GIP FK:FKP SH:SHP IE:IEP CY:CYP MT:MTL".split()
    ),
    "yen_yuan": {"JP": "JPY", "CN": "CNY"},
    "yuan": {"CN": "CNY", "TW": "TWD", "HK": "HKD", "MO": "MOP"},
    "krone": dict(
        pair.split(":")
        for pair in "SE:SEK NO:NOK DK:DKK GL:DKK FO:DKK IS:ISK CZ:CZK EE:EEK SK:SKK".split()
    ),
    "koruna": {"CZ": "CZK", "SK": "SKK"},
    "peso": dict(
        pair.split(":")
        for pair in "MX:MXN AR:ARS CL:CLP CO:COP UY:UYU PH:PHP CU:CUP DO:DOP".split()
    ),
    "rupee": dict(
        pair.split(":")
        for pair in "IN:INR PK:PKR LK:LKR NP:NPR MU:MUR SC:SCR BT:INR ID:IDR MV:MVR".split()
    ),
    "franc": dict(
        pair.split(":")
        for pair in (
            "CH:CHF LI:CHF BJ:XOF BF:XOF CI:XOF GW:XOF ML:XOF NE:XOF SN:XOF TG:XOF CM:XAF CF:XAF CG:XAF GA:XAF GQ:XAF "
            "TD:XAF BI:BIF CD:CDF DJ:DJF GN:GNF KM:KMF RW:RWF PF:XPF NC:XPF WF:XPF FR:FRF BE:BEF LU:LUF"
        ).split()
    ),
    "cfa": dict(
        pair.split(":")
        for pair in "BJ:XOF BF:XOF CI:XOF GW:XOF ML:XOF NE:XOF SN:XOF TG:XOF CM:XAF CF:XAF CG:XAF GA:XAF GQ:XAF TD:XAF".split()
    ),
    "dinar": dict(
        pair.split(":")
        for pair in "DZ:DZD BH:BHD IQ:IQD JO:JOD KW:KWD LY:LYD RS:RSD TN:TND MK:MKD SD:SDD".split()
    ),
    "dirham": {"AE": "AED", "MA": "MAD", "EH": "MAD"},
    "dirham_sign": {"AE": "AED", "MA": "MAD", "EH": "MAD"},
    "rial": {"IR": "IRR", "OM": "OMR", "YE": "YER", "SA": "SAR", "QA": "QAR", "KH": "KHR"},
    "manat": {"AZ": "AZN", "TM": "TMT"},
    "lira": {"TR": "TRY", "LB": "LBP", "SY": "SYP", "IT": "ITL", "MT": "MTL", "SM": "ITL"},
    "rouble": {"RU": "RUB", "BY": "BYN"},
    "won": {"KR": "KRW", "KP": "KPW"},
    "shilling": {"KE": "KES", "TZ": "TZS", "UG": "UGX", "SO": "SOS", "AT": "ATS"},
    "som": {"KG": "KGS", "UZ": "UZS"},
    "mark": {"DE": "DEM", "BA": "BAM", "FI": "FIM", "EE": "EEK"},
    "leu": {"RO": "RON", "MD": "MDL"},
    "lev": {"BG": "BGN"},
    "real": {"BR": "BRL"},
    "rand": {"ZA": "ZAR", "LS": "ZAR", "NA": "ZAR", "SZ": "ZAR"},
    "taka": {"BD": "BDT"},
    "kwacha": {"ZM": "ZMW", "MW": "MWK"},
    "crown": {
        "SE": "SEK",
        "NO": "NOK",
        "DK": "DKK",
        "CZ": "CZK",
        "IS": "ISK",
        "SK": "SKK",
        "EE": "EEK",
    },
    "bolivar": {"VE": "VES"},
    "colon": {"CR": "CRC", "SV": "SVC"},
    "sol": {"PE": "PEN"},
    "guilder": {"NL": "NLG", "AW": "AWG", "CW": "XCG", "SX": "XCG"},
    "escudo": {"PT": "PTE", "CV": "CVE"},
    "leone": {"SL": "SLE"},
    "cedi": {"GH": "GHS"},
    "boliviano": {"BO": "BOB"},
    "ouguiya": {"MR": "MRU"},
    "dobra": {"ST": "STN"},
    # A thousand of what a country counts in: "ten grand".
    "grand": {"GB": "GBP", "US": "USD", "CA": "CAD", "AU": "AUD", "NZ": "NZD", "IE": "EUR"},
    # Signs in letters that countries share.
    "k_sign": {"ZM": "ZMW", "PG": "PGK", "MW": "MWK", "MM": "MMK"},
    "p_sign": {"PH": "PHP", "BW": "BWP"},
    "bs_sign": {"BO": "BOB", "VE": "VES"},
    "c_dollar": {"CA": "CAD", "NI": "NIO"},
    "g_dollar": {"GY": "GYD", "PY": "PYG"},
    "b_dollar": {"BS": "BSD", "BN": "BND", "BB": "BBD", "BZ": "BZD"},
    "z_dollar": {"ZW": "ZWL"},
    # Minor units whose name is shared.
    "cent": dict(
        pair.split(":")
        for pair in (
            " ".join(f"{country}:EUR" for country in _EURO_AREA.split())
            + " US:USD EC:USD PR:USD AU:AUD CA:CAD HK:HKD SG:SGD NZ:NZD TW:TWD JM:JMD TT:TTD BB:BBD BS:BSD BZ:BZD BM:BMD BN:BND"
            " FJ:FJD GY:GYD KY:KYD LR:LRD NA:NAD SB:SBD SR:SRD AG:XCD DM:XCD GD:XCD KN:XCD LC:XCD VC:XCD ZA:ZAR KE:KES"
            " TZ:TZS UG:UGX LK:LKR MU:MUR SZ:SZL SC:SCR"
        ).split()
    ),
    "centavo": dict(
        pair.split(":")
        for pair in "MX:MXN AR:ARS BR:BRL CL:CLP CO:COP UY:UYU PH:PHP CU:CUP DO:DOP GT:GTQ BO:BOB HN:HNL NI:NIO PT:PTE EC:USD SV:USD MZ:MZN".split()
    ),
    "centime": dict(
        pair.split(":")
        for pair in (
            " ".join(f"{country}:EUR" for country in _EURO_AREA.split())
            + " CH:CHF LI:CHF MA:MAD DZ:DZD HT:HTG"
        ).split()
    ),
    "centimo": {"ES": "EUR", "VE": "VES", "CR": "CRC", "PY": "PYG", "PE": "PEN"},
    "penny": {
        "GB": "GBP",
        "IM": "GBP",
        "JE": "GBP",
        "GG": "GBP",
        "IE": "IEP",
        "US": "USD",
        "FI": "FIM",
        "DE": "DEM",
    },
    "ore": {"SE": "SEK", "NO": "NOK", "DK": "DKK", "FO": "DKK"},
    "paisa": {"IN": "INR", "PK": "PKR", "NP": "NPR", "BD": "BDT"},
    "kopeck": {"RU": "RUB", "BY": "BYN", "UA": "UAH"},
    "fils": {"AE": "AED", "BH": "BHD", "IQ": "IQD", "JO": "JOD", "KW": "KWD", "YE": "YER"},
    "piastre": {"EG": "EGP", "LB": "LBP", "SY": "SYP", "JO": "JOD"},
    "ban": {"RO": "RON", "MD": "MDL"},
    "haler": {"CZ": "CZK", "SK": "SKK"},
    "kurus": {"TR": "TRY"},
    "qepik": {"AZ": "AZN"},
    "jiao": {"CN": "CNY", "HK": "HKD", "TW": "TWD"},
    "sen": {"MY": "MYR", "ID": "IDR", "JP": "JPY", "BN": "BND"},
    "centesimo": {"IT": "EUR", "SM": "EUR", "CH": "CHF", "UY": "UYU", "PA": "PAB"},
}

FAMILIES["shilling_sign"] = {
    country: FAMILIES["shilling"][country] for country in ("KE", "TZ", "UG", "SO")
}

# In English the Swedish and the Norwegian plural stay apart.
FAMILIES["kronor"] = FAMILIES["kroner"] = FAMILIES["krone"]

# The sign "$" is also the peso's at home.
FAMILIES["dollar_sign"] = FAMILIES["dollar"] | {
    country: FAMILIES["peso"][country] for country in ("MX", "AR", "CL", "CO", "UY", "CU", "DO")
}

# What the bare name means in international reporting.
DEFAULTS: dict[str, str] = {
    "dollar": "USD", "dollar_sign": "USD", "pound": "GBP", "yen_yuan": "JPY", "yuan": "CNY", "rupee": "INR", "manat": "AZN", "lira": "TRY",
    "rouble": "RUB", "won": "KRW", "som": "KGS", "leu": "RON", "lev": "BGN", "real": "BRL", "rand": "ZAR", "taka": "BDT",
    "bolivar": "VES", "sol": "PEN", "guilder": "NLG", "leone": "SLE", "cent": "USD", "penny": "GBP", "paisa": "INR",
    "kopeck": "RUB", "ban": "RON", "haler": "CZK", "kurus": "TRY", "qepik": "AZN", "jiao": "CNY",
    "cedi": "GHS", "boliviano": "BOB", "ouguiya": "MRU", "dobra": "STN", "escudo": "PTE", "shilling_sign": "KES",
    "p_sign": "PHP", "bs_sign": "BOB", "c_dollar": "CAD", "g_dollar": "GYD", "b_dollar": "BSD", "z_dollar": "ZWL",
    "dirham_sign": "AED", "centimo": "EUR", "centime": "EUR", "centesimo": "EUR", "mark": "DEM", "sen": "MYR", "kronor": "SEK", "kroner": "NOK", "koruna": "CZK",
}  # fmt: skip

# Families whose bare name is one currency wherever it is read: not ambiguous.
UNAMBIGUOUS = frozenset(
    {
        "real",
        "rand",
        "taka",
        "sol",
        "lev",
        "kurus",
        "qepik",
        "jiao",
        "bolivar",
        "yuan",
        "leone",
        "cedi",
        "boliviano",
        "ouguiya",
        "dobra",
        "c_dollar",
        "g_dollar",
        "b_dollar",
        "z_dollar",
        "p_sign",
        "bs_sign",
        "shilling_sign",
    }
)

# Families for which a country named in the sentence says less than the international habit: agencies write
# "$" for US dollars about any country, and name the others ("A$", "Canadian dollars").
NOT_BY_SENTENCE = frozenset({"dollar", "dollar_sign", "cent", "penny", "grand"})
