"""Numbers in several words: halves, decimals and lower scales count, and no part passes for all."""

from decimal import Decimal

import pytest

from tasks.normalize.currencies.grounds import Ground
from tasks.normalize.currencies.mentions import find_mentions
from tasks.normalize.currencies.rejected import find_rejected


@pytest.mark.parametrize(
    ("language", "text", "amount"),
    [
        ("en", "They owe twenty-six and a half million dollars.", 26_500_000),
        ("en", "They owe 6 and a half billion dollars.", 6_500_000_000),
        ("en", "They owe a million and a half dollars.", 1_500_000),
        ("en", "They owe two thirds of a billion dollars.", 666_666_666),
        ("en", "She left a farm and half a million dollars.", 500_000),
        ("de", "Das kostet siebeneinhalb Millionen Euro.", 7_500_000),
        ("de", "Das kostet vier Komma fünf Milliarden Euro.", 4_500_000_000),
        ("de", "Das kostet tausend Euro.", 1_000),
        ("nl", "Dat kost zes en een half miljoen euro.", 6_500_000),
        ("sv", "Det kostar fyra och en halv miljard kronor.", 4_500_000_000),
        ("da", "Det koster syv en halv milliard kroner.", 7_500_000_000),
        ("no", "Det koster fem og en halv million kroner.", 5_500_000),
        ("fr", "Cela coûte trois millions et demi d'euros.", 3_500_000),
        ("es", "Cuesta cuatro coma tres millones de euros.", 4_300_000),
        ("it", "Costa quattro milioni e mezzo di euro.", 4_500_000),
        ("pt", "Custa oito milhões e meio de euros.", 8_500_000),
        ("ro", "Costă patru milioane și jumătate de euro.", 4_500_000),
        ("ru", "Это стоит восемь с половиной миллионов евро.", 8_500_000),
        ("uk", "Це коштує сім з половиною мільйонів євро.", 7_500_000),
        ("pl", "To kosztuje cztery i pół miliona euro.", 4_500_000),
        ("cs", "Stojí to pět a půl miliardy korun.", 5_500_000_000),
        ("bg", "Струва три и половина милиона евро.", 3_500_000),
        ("hr", "Stoji četiri i pol milijuna eura.", 4_500_000),
        ("lt", "Tai kainuoja tris su puse milijono eurų.", 3_500_000),
        ("lv", "Tas maksā trīsarpus miljoni eiro.", 3_500_000),
        ("et", "See maksab tuhat eurot.", 1_000),
        ("fi", "Se maksaa neljä ja puoli miljoonaa euroa.", 4_500_000),
        ("hu", "Négy és fél millió forintba kerül.", 4_500_000),
        ("el", "Κοστίζει τρία και μισό εκατομμύρια ευρώ.", 3_500_000),
        ("tr", "Dört buçuk milyon lira tuttu.", 4_500_000),
        ("az", "Üç yarım milyon manat xərcləndi.", 3_500_000),
        ("kk", "Үш жарым миллион теңге бөлінді.", 3_500_000),
        ("uz", "Uch yarim million dollar ajratildi.", 3_500_000),
        ("hi", "साढ़े पांच करोड़ रुपये दिए गए।", 55_000_000),
        ("id", "Biayanya tiga setengah juta dolar.", 3_500_000),
        ("vi", "Chi phí ba triệu rưỡi đồng.", 3_500_000),
        ("sw", "Serikali ilitumia shilingi milioni 7.", 7_000_000),
        ("ar", "التكلفة 4 مليارات و200 مليون دولار", 4_200_000_000),
        ("ar", "التكلفة مليونين ونصف مليون دولار", 2_500_000),
        ("fa", "هزینه ۴ میلیارد و ۲۰۰ میلیون دلار بود", 4_200_000_000),
        ("he", "העלות היא מיליון וחצי דולר", 1_500_000),
        ("zh", "投资四千六百万元。", 46_000_000),
        ("zh", "投资两亿七千三百万元。", 273_000_000),
        ("ja", "費用は四千六百万円だった。", 46_000_000),
        ("ja", "費用は4千6百万円だった。", 46_000_000),
        ("ja", "費用は百万円だった。", 1_000_000),
        ("ko", "비용은 4천6백만 원이다.", 46_000_000),
    ],
)
def test_all_words_of_a_number_count(language: str, text: str, amount: int) -> None:
    assert [mention.amount for mention in find_mentions(text, language, None)] == [Decimal(amount)]


def test_a_range_shares_the_scale_of_its_upper_end_only_once() -> None:
    (mention,) = find_mentions("費用は10〜11億7000万円だった。", "ja", "JP")
    assert (mention.amount, mention.amount_high) == (1_000_000_000, 1_170_000_000)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "They owe several thousand dollars."),
        ("en", "They owe a few hundred dollars."),
        ("de", "Das kostet mehrere tausend Euro."),
        ("sv", "Det kostar flera tusen kronor."),
        ("ru", "Это стоит три целых две десятых миллиарда рублей."),
        ("hi", "सवा करोड़ रुपये दिए गए।"),
        ("hi", "पौने 2 लाख रुपये दिए गए।"),
        ("zh", "投资数百万元。"),
        ("ja", "数百万円の費用。"),
    ],
)
def test_a_number_that_is_not_understood_leaves_no_smaller_amount(language: str, text: str) -> None:
    assert find_mentions(text, language, None) == []


def test_a_part_of_a_number_has_its_ground() -> None:
    rejected = find_rejected("Det kostar flera tusen kronor.", "sv", "SE")
    assert [one.ground for one in rejected] == [Ground.PART_OF_NUMBER]
