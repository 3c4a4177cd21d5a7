"""ISO 4217 codes that count as money in a text, and how safe each is as a word."""

# List one of ISO 4217 (2026), without funds, metals and testing codes.
CURRENT = frozenset(
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC"
    " CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK"
    " JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR"
    " MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP"
    " STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG".split()
)

# Withdrawn codes that archives still print (list three of ISO 4217).
WITHDRAWN = frozenset(
    "ANG ATS AZM BEF CUC CYP DEM EEK ESP FIM FRF GHC GRD HRK IEP ITL LTL LUF LVL MRO MTL NLG PTE ROL RUR SDD SIT SKK SLL STD TMM TRL"
    " VEB VEF YUM ZMK ZWD ZWL AON BGL BYB BYR CSD MXP MZM PLZ ZWR".split()
)

# Other three-letter forms in everyday use.
ALIASES: dict[str, str] = {
    "RMB": "CNY", "CNH": "CNY", "NTD": "TWD", "NIS": "ILS", "STG": "GBP", "CFA": "cfa", "FCFA": "cfa", "FCA": "cfa", "LE": "EGP", "KSH": "KES",
    "UGS": "UGX", "YTL": "TRY", "SFR": "CHF", "SFRS": "CHF",
}  # fmt: skip

# Codes that are also words, names or other abbreviations in print ("ALL 15 judges", "COP29", "TRY 20", "ESP 3-1",
# "CVE-2024", "AMD 7900"): they need further evidence.
LOOKALIKES = frozenset(
    "ALL TRY SDG COP TOP CUP PEN MOP GEL BAM LAK MAD SOS ANG CVE BOB MUR DOP ERN GIP BIF LE AMD WST ESP DEM SIT STD LSL BEF ATS STN PAB PHP MRO SLL"
    " ROL MGA CRC RUR MMK BND NIO  MVR SCR SDD SRD VES PGK FIM STG".split()
)

# Codes that are safe in small letters too.
LOWER_CASE = frozenset(
    "usd eur gbp aud cad chf jpy inr cny rmb hkd nzd sgd zar brl mxn azn rub uah kzt amd gel aed sar qar kwd egp myr idr thb krw vnd php pln czk"
    " huf ron sek nok dkk ils byn uzs pkr bdt lkr npr ngn kes ghs tzs mnt fcfa".split()
)

# Currencies that are not divided in practice: three digits after a mark are a group.
UNDIVIDED = frozenset(
    "JPY KRW VND IDR CLP PYG ISK HUF IRR AMD LBP IQD KHR LAK MMK MNT UZS TZS UGX RWF BIF XOF XAF XPF COP RSD KZT LKR ITL TRL".split()
)

# Currencies of a thousand minor units: three digits after the decimal mark are decimals.
MILLESIMAL = frozenset("KWD BHD OMR JOD TND LYD".split())

# Currencies that bear the same name one after another in a country; the last is the one in use, or
# the last that was. When each was in use is in CLDR.
SUCCESSIONS: tuple[tuple[str, ...], ...] = tuple(
    tuple(line.split())
    for line in (
        "VEB VEF VES", "BYB BYR BYN", "TRL TRY", "ROL RON", "SLL SLE", "AZM AZN", "ZMK ZMW", "GHC GHS", "MRO MRU", "MXP MXN",
        "ZWD ZWR ZWL", "TMM TMT", "RUR RUB", "BGL BGN", "PLZ PLN", "MZM MZN", "STD STN", "AON AOA", "YUM CSD RSD", "ANG XCG",
    )
)  # fmt: skip
