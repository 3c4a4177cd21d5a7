"""Printed signs of money, in Unicode and as newspapers spell them."""

# One character (or a fixed group of characters); the value is an ISO 4217 code or a family.
SIGNS: dict[str, str] = {
    "$": "dollar_sign", "＄": "dollar_sign", "﹩": "dollar_sign", "£": "pound", "￡": "pound", "₤": "pound", "€": "EUR", "¥": "yen_yuan", "￥": "yen_yuan", "₼": "AZN",
    "₽": "RUB", "₺": "TRY", "₾": "GEL", "֏": "AMD", "₴": "UAH", "₸": "KZT", "₹": "INR", "₨": "rupee", "₩": "won", "￦": "won", "₪": "ILS", "₫": "VND",
    "₱": "PHP", "₦": "NGN", "₡": "CRC", "₲": "PYG", "₵": "GHS", "₮": "MNT", "₭": "LAK", "฿": "THB", "៛": "KHR", "৳": "BDT", "؋": "AFN", "﷼": "rial",
    "⃀": "KGS", "૱": "INR", "௹": "INR", "₧": "ESP", "₣": "FRF", "ƒ": "guilder",
}  # fmt: skip

# Signs of minor units, after the number.
MINOR_SIGNS: dict[str, str] = {"¢": "cent", "￠": "cent"}

# Letters glued before a "$".
DOLLAR_PREFIXES: dict[str, str] = {
    "US": "USD", "U": "USD", "U.S.": "USD", "U.S": "USD", "USD": "USD", "UD": "USD", "A": "AUD", "AU": "AUD", "AUD": "AUD", "Aus": "AUD", "C": "c_dollar", "CA": "CAD", "CAN": "CAD",
    "Can": "CAD", "CAD": "CAD", "Cdn": "CAD", "CDN": "CAD", "HK": "HKD", "HKD": "HKD", "NZ": "NZD", "NZD": "NZD", "S": "SGD", "SG": "SGD", "SGD": "SGD", "NT": "TWD", "NTD": "TWD",
    "TW": "TWD", "TWD": "TWD", "MX": "MXN", "Mex": "MXN", "MXN": "MXN", "J": "JMD", "JA": "JMD", "TT": "TTD", "BZ": "BZD", "BZD": "BZD", "B": "b_dollar", "EC": "XCD", "Bds": "BBD", "BDS": "BBD",
    "BBD": "BBD", "FJ": "FJD", "F": "FJD", "GY": "GYD", "G": "g_dollar", "N": "NAD", "RD": "DOP", "CU": "CUP", "Col": "COP", "COL": "COP", "CLP": "CLP", "CL": "CLP", "Ch": "CLP", "AR": "ARS",
    "Arg": "ARS", "ARS": "ARS", "UY": "UYU", "R": "BRL", "BR": "BRL", "BRL": "BRL", "Z": "z_dollar", "ZW": "z_dollar", "ZWL": "ZWL", "L": "LRD", "SI": "SBD", "SR": "SRD", "CI": "KYD", "KY": "KYD", "MOP": "MOP", "COP": "COP",
    "BN": "BND", "VN": "VND", "T": "TOP", "PHP": "PHP", "BS": "BSD", "JMD": "JMD", "TTD": "TTD", "WS": "WST",
}  # fmt: skip

POUND_PREFIXES: dict[str, str] = {
    "E": "EGP",
    "EG": "EGP",
    "LE": "EGP",
    "IR": "IEP",
    "I": "IEP",
    "GB": "GBP",
    "S": "SYP",
    "SY": "SYP",
    "L": "LBP",
    "UK": "GBP",
    "GBP": "GBP",
    "CY": "CYP",
    "SD": "SDG",
}
# "GH¢20": the cedi, often printed with the sign of the cent.
CEDI_PREFIXES: dict[str, str] = {"GH": "GHS"}
YEN_PREFIXES: dict[str, str] = {
    "CN": "CNY",
    "RMB": "CNY",
    "CNY": "CNY",
    "JP": "JPY",
    "JPY": "JPY",
    "C": "CNY",
}

# Signs that hold a stroke, in exactly this spelling, right before the number.
STROKE_SIGNS: dict[str, str] = {
    "S/.": "PEN",
    "S/": "PEN",
    "B/.": "PAB",
    "U$S": "USD",
    "U$D": "USD",
    "u$s": "USD",
    "u$d": "USD",
}

# Characters of East Asian scripts that the whole world prints after a number.
EAST_ASIAN_SIGNS: dict[str, str] = {"元": "yuan", "円": "JPY", "원": "KRW"}
