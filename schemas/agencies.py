"""News agencies, by outlet id. How they sign stands in the language files (`wires.agencies`)."""

# Agencies whose clients print their copyright line under what they take over.
SYNDICATED_AGENCIES = frozenset(
    {"aap", "afp", "ani", "ansa", "ap", "apa-at", "ats", "belga", "bloomberg", "canadian-press"}
    | {"cnn", "dpa", "efe", "europa-press", "ians", "jiji", "kyodo", "lusa", "ntb", "pa", "pap"}
    | {"pti", "reuters", "ritzau", "sid", "tass", "tt", "upi", "xinhua", "yonhap"}
)
