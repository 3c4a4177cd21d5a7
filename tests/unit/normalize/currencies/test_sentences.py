"""Amounts of money as newspapers of many languages write them."""

from decimal import Decimal

import pytest

from tasks.normalize.currencies.mentions import find_mentions

# (language, outlet's country, text, amounts as "low[-high] CODE")
SENTENCES: list[tuple[str | None, str | None, str, list[str]]] = [
    ("en", None, "The fund bought shares worth $12.4 million from two banks.", ["12400000 USD"]),
    (
        "en",
        "IN",
        "The state will spend ₹1,25,000 crore on roads and Rs 45 lakh on signs.",
        ["1250000000000 INR", "4500000 INR"],
    ),
    ("en", "NG", "The governor approved N3.5bn for schools.", ["3500000000 NGN"]),
    (
        "en",
        "KE",
        "The county lost Sh45 million and KSh 1.2 billion more.",
        ["45000000 KES", "1200000000 KES"],
    ),
    ("en", None, "Egypt's cabinet set aside 300 million pounds for bread.", ["300000000 EGP"]),
    ("en", None, "Pakistan fined the airline 50 million rupees.", ["50000000 PKR"]),
    (
        "en",
        None,
        "It costs between €5 and €7 a month, or from 20 to 30 cents a day.",
        ["5..7 EUR", "0.2..0.3 USD"],
    ),
    ("en", None, "The 110-pound woman lifted 200 pounds of sand.", []),
    ("en", "US", "He won 3 games in 2024 and Euro 2024 tickets.", []),
    ("en", None, "Measured in 2010 dollars, output fell.", []),
    ("en", None, "Rapper 50 Cent will perform.", []),
    ("en", None, "The 3 won 5 medals; Tesla Model 3 won again.", []),
    ("en", None, "Call +1 202 555 0143 or 1-800-555-0199 now.", []),
    (
        "en",
        None,
        "Damage of half a million euros, perhaps three quarters of a million.",
        ["500000 EUR"],
    ),
    (
        "en",
        None,
        "A 2.5 million-dollar home and a one-million-euro yacht.",
        ["2500000 USD", "1000000 EUR"],
    ),
    ("en", None, "two million three hundred thousand dollars", ["2300000 USD"]),
    ("en", None, "They paid 1.7 manats per dollar.", ["1.7 AZN"]),
    (
        "en",
        "GB",
        "Tickets are 50p off, £3.20 instead of £3.70.",
        ["0.5 GBP", "3.20 GBP", "3.70 GBP"],
    ),
    (
        "en",
        None,
        "bonuses of €10k–€15k and a ¥3 trillion budget",
        ["10000..15000 EUR", "3000000000000 JPY"],
    ),
    ("en", None, "Revenue rose 4% to SEK 3,450m (USD 320m).", ["3450000000 SEK", "320000000 USD"]),
    ("en", None, "The deal, valued at about US$1,2 billion.", ["1200000000 USD"]),
    (
        "en",
        None,
        "a 20,000-baht fine and NT$500 in fees, 5 Hong Kong dollars, 10 New Zealand dollars",
        ["20000 THB", "500 TWD", "5 HKD", "10 NZD"],
    ),
    (
        "de",
        "DE",
        "Die Miete stieg von 850 Euro auf 1.020,50 Euro; die Kaution liegt bei 3.000 €.",
        ["850 EUR", "1020.50 EUR", "3000 EUR"],
    ),
    (
        "de",
        "CH",
        "Die Gemeinde zahlt 1'250'000 Franken, dazu Fr. 45.50 je Person und 30 Rappen.",
        ["1250000 CHF", "45.50 CHF", "0.3 CHF"],
    ),
    (
        "de",
        "DE",
        "Der Umsatz wuchs auf 3,2 Mrd. Euro, der Gewinn auf 120 Mio. Euro.",
        ["3200000000 EUR", "120000000 EUR"],
    ),
    (
        "de",
        "DE",
        "Zwischen zwei und drei Millionen Euro fehlen, anderthalb Milliarden Dollar kommen.",
        ["2000000..3000000 EUR", "1500000000 USD"],
    ),
    ("de", "DE", "Er wog 80 Pfund und kostete 5,- Euro.", ["5 EUR"]),
    (
        "fr",
        "FR",
        "Le budget atteint 1,2 milliard d'euros, contre 950 M€ en 2022 et 45 000 € par an.",
        ["1200000000 EUR", "950000000 EUR", "45000 EUR"],
    ),
    (
        "fr",
        "CA",
        "La ville versera 3,5 millions de dollars et 250 $ par famille.",
        ["3500000 CAD", "250 CAD"],
    ),
    (
        "fr",
        "CM",
        "Une amende de 500 000 FCFA et 25 millions de francs CFA.",
        ["500000 XAF", "25000000 XAF"],
    ),
    (
        "fr",
        "FR",
        "entre deux et trois millions d'euros, vingt-cinq euros, quatre-vingt-dix dollars",
        ["2000000..3000000 EUR", "25 EUR", "90 USD"],
    ),
    (
        "es",
        "ES",
        "El Gobierno aprueba 1.200 millones de euros y 15 céntimos por litro.",
        ["1200000000 EUR", "0.15 EUR"],
    ),
    (
        "es",
        "MX",
        "La obra costará 3,500 millones de pesos y 25 mil 300 pesos más.",
        ["3500000000 MXN", "25300 MXN"],
    ),
    (
        "es",
        "AR",
        "El dólar cotizó a $1.050,50 y la multa es de U$S 2 millones.",
        ["1050.50 ARS", "2000000 USD"],
    ),
    ("es", "CL", "Un subsidio de $450.000 por hogar.", ["450000 CLP"]),
    (
        "es",
        None,
        "mil quinientos dólares estadounidenses, entre 20 y 30 euros",
        ["1500 USD", "20..30 EUR"],
    ),
    (
        "it",
        "IT",
        "Il governo stanzia 2,4 miliardi di euro; il biglietto costa 1,50 euro.",
        ["2400000000 EUR", "1.50 EUR"],
    ),
    (
        "it",
        "IT",
        "Multa da 10mila euro, tra 5 e 7 milioni di dollari, ventimila euro.",
        ["10000 EUR", "5000000..7000000 USD", "20000 EUR"],
    ),
    (
        "pt",
        "BR",
        "O governo vai investir R$ 3,5 bilhões e R$ 200 mil; cada um recebe 50 centavos.",
        ["3500000000 BRL", "200000 BRL", "0.5 BRL"],
    ),
    ("pt", "PT", "O défice chegou a 1,3 mil milhões de euros.", ["1300000000 EUR"]),
    (
        "nl",
        "NL",
        "De boete is 2,5 miljoen euro, plus €1.250,50 en 50 cent.",
        ["2500000 EUR", "1250.50 EUR", "0.5 EUR"],
    ),
    (
        "sv",
        "SE",
        "Kommunen betalar 3,5 miljarder kronor, 450 Mkr och 25 000 kr.",
        ["3500000000 SEK", "450000000 SEK", "25000 SEK"],
    ),
    (
        "no",
        "NO",
        "Boten er på 1,2 milliarder kroner, eller 300 millioner danske kroner.",
        ["1200000000 NOK", "300000000 DKK"],
    ),
    (
        "da",
        "DK",
        "Prisen er 2,5 mia. kr. og 45 mio. kroner, ca. 350.000 euro.",
        ["2500000000 DKK", "45000000 DKK", "350000 EUR"],
    ),
    (
        "fi",
        "FI",
        "Hanke maksaa 3,4 miljoonaa euroa ja 25 000 euron lisän, 50 senttiä litralta.",
        ["3400000 EUR", "25000 EUR", "0.5 EUR"],
    ),
    (
        "pl",
        "PL",
        "Kara wyniosła 2,5 mln zł, a budżet 3 mld złotych; chleb kosztuje 4 zł 50 gr.",
        ["2500000 PLN", "3000000000 PLN", "4.5 PLN"],
    ),
    (
        "pl",
        "PL",
        "od 200 do 300 tys. euro, sto tysięcy dolarów",
        ["200000..300000 EUR", "100000 USD"],
    ),
    (
        "cs",
        "CZ",
        "Stavba vyjde na 1,2 miliardy korun, tedy 48 milionů eur, a pokuta 5 000 Kč.",
        ["1200000000 CZK", "48000000 EUR", "5000 CZK"],
    ),
    (
        "sk",
        "SK",
        "Mesto zaplatí 3,5 milióna eur a 20-tisíc eur navyše.",
        ["3500000 EUR", "20000 EUR"],
    ),
    (
        "hu",
        "HU",
        "A kormány 25 milliárd forintot költ, 350 ezer forint jut egy családra, 2 millió euróért.",
        ["25000000000 HUF", "350000 HUF", "2000000 EUR"],
    ),
    (
        "ro",
        "RO",
        "Guvernul alocă 2,3 miliarde de lei și 450 de milioane de euro; 15 lei și 50 de bani.",
        ["2300000000 RON", "450000000 EUR", "15.5 RON"],
    ),
    (
        "bg",
        "BG",
        "Бюджетът е 3,5 млрд. лева, а глобата е 2000 лв. или 1 млн. евро.",
        ["3500000000 BGN", "2000 BGN", "1000000 EUR"],
    ),
    (
        "ru",
        "RU",
        "Завод построят за 2,3 млрд руб., ещё 450 тыс. рублей и $15 млн дал банк.",
        ["2300000000 RUB", "450000 RUB", "15000000 USD"],
    ),
    ("ru", "BY", "Штраф составит 500 рублей, или 150 долларов США.", ["500 BYN", "150 USD"]),
    (
        "ru",
        "KZ",
        "Выделят 3 млрд тенге; от 100 до 200 тысяч тенге получит семья.",
        ["3000000000 KZT", "100000..200000 KZT"],
    ),
    (
        "ru",
        "RU",
        "В 2024 году 15 рублёвых облигаций, Евро-2024, пять миллионов долларов.",
        ["5000000 USD"],
    ),
    (
        "uk",
        "UA",
        "Уряд виділив 2,5 млрд грн, 350 тисяч гривень і 40 млн євро.",
        ["2500000000 UAH", "350000 UAH", "40000000 EUR"],
    ),
    (
        "tr",
        "TR",
        "Bakanlık 2,5 milyar lira ve 300 bin dolar ayırdı; bilet 15,50 TL'ye çıktı.",
        ["2500000000 TRY", "300000 USD", "15.50 TRY"],
    ),
    (
        "az",
        "AZ",
        "Layihəyə 3,2 milyon manat, 450 min dollar və 25 qəpik sərf olunub.",
        ["3200000 AZN", "450000 USD", "0.25 AZN"],
    ),
    (
        "hy",
        "AM",
        "Ծախսերը կազմել են 3,5 միլիարդ դրամ, վարկը՝ 20 միլիոն եվրո, տուգանքը՝ 50.000 դրամ։",
        ["3500000000 AMD", "20000000 EUR", "50000 AMD"],
    ),
    (
        "ka",
        "GE",
        "პროექტზე 3,5 მილიონი ლარი და 200 ათასი დოლარი დაიხარჯა, ბილეთი 50 თეთრი ღირს.",
        ["3500000 GEL", "200000 USD", "0.5 GEL"],
    ),
    (
        "kk",
        "KZ",
        "Жобаға 2,5 млрд теңге бөлінді, 300 мың теңгеден және 5 миллион доллар.",
        ["2500000000 KZT", "300000 KZT", "5000000 USD"],
    ),
    (
        "uz",
        "UZ",
        "Loyihaga 2,5 mlrd so‘m va 300 ming dollar ajratildi, 150 000 so'm beriladi.",
        ["2500000000 UZS", "300000 USD", "150000 UZS"],
    ),
    (
        "fa",
        "IR",
        "دولت ۵۰۰ میلیارد تومان و ۲٫۵ میلیون دلار اختصاص داد.",
        ["5000000000000 IRR", "2500000 USD"],
    ),
    (
        "ar",
        "AE",
        "خصصت الحكومة 2.5 مليار درهم و٣٠٠ ألف دولار أمريكي.",
        ["2500000000 AED", "300000 USD"],
    ),
    (
        "ar",
        "EG",
        "بلغت التكلفة 3 ملايين جنيه و50 قرشا، ومليوني دولار.",
        ["3000000 EGP", "0.5 EGP", "2000000 USD"],
    ),
    (
        "he",
        "IL",
        'הממשלה תקצה 2.5 מיליארד שקל, 300 אלף דולר ו-50 מיליון ש"ח.',
        ["2500000000 ILS", "300000 USD", "50000000 ILS"],
    ),
    (
        "hi",
        "IN",
        "सरकार ने 2.5 लाख करोड़ रुपये और 300 मिलियन डॉलर दिए, टिकट 50 पैसे का है।",
        ["2500000000000 INR", "300000000 USD", "0.5 INR"],
    ),
    ("bn", "BD", "সরকার ২ হাজার ৫০০ কোটি টাকা এবং ৩০ লাখ ডলার দেবে।", ["25000000000 BDT", "3000000 USD"]),
    ("ur", "PK", "حکومت نے 50 ارب روپے اور 20 لاکھ ڈالر دیے۔", ["50000000000 PKR", "2000000 USD"]),
    (
        "th",
        "TH",
        "รัฐบาลจัดสรร 2.5 หมื่นล้านบาท และ 300 ล้านดอลลาร์สหรัฐ ค่าโดยสาร 15 บาท",
        ["25000000000 THB", "300000000 USD", "15 THB"],
    ),
    (
        "vi",
        "VN",
        "Dự án trị giá 2,5 nghìn tỷ đồng, 300 triệu USD và 50.000 đồng mỗi người.",
        ["2500000000000 VND", "300000000 USD", "50000 VND"],
    ),
    (
        "id",
        "ID",
        "Pemerintah mengalokasikan Rp2,5 triliun, Rp 300 juta dan 5 juta dolar AS.",
        ["2500000000000 IDR", "300000000 IDR", "5000000 USD"],
    ),
    (
        "ms",
        "MY",
        "Kerajaan memperuntukkan RM2.5 bilion dan RM300 juta; tambang 50 sen.",
        ["2500000000 MYR", "300000000 MYR", "0.5 MYR"],
    ),
    (
        "ja",
        "JP",
        "政府は2兆5000億円と3億ドルを計上し、運賃は150円、損失は数千円だった。",
        ["2500000000000 JPY", "300000000 USD", "150 JPY"],
    ),
    (
        "zh",
        "CN",
        "政府拨款2.5万亿元人民币和3亿美元，票价5元5角，损失三百五十万元。",
        ["2500000000000 CNY", "300000000 USD", "5.5 CNY", "3500000 CNY"],
    ),
    ("zh", "TW", "公司投資新台幣35億元，約1.1億美元。", ["3500000000 TWD", "110000000 USD"]),
    (
        "ko",
        "KR",
        "정부는 2조 5천억원과 3억달러를 편성했고 요금은 1500원이다. 원칙 2개.",
        ["2500000000000 KRW", "300000000 USD", "1500 KRW"],
    ),
    (
        "el",
        "GR",
        "Το κόστος φτάνει τα 2,5 δισ. ευρώ και τα 300 εκατ. δολάρια, το εισιτήριο 1,20 ευρώ.",
        ["2500000000 EUR", "300000000 USD", "1.20 EUR"],
    ),
    (
        "hr",
        "HR",
        "Vlada daje 2,5 milijardi eura i 300 tisuća eura, 50 milijuna dolara.",
        ["2500000000 EUR", "300000 EUR", "50000000 USD"],
    ),
    (
        "sr",
        "RS",
        "Влада даје 2,5 милијарди динара и 300 хиљада евра.",
        ["2500000000 RSD", "300000 EUR"],
    ),
    (
        "ca",
        "ES",
        "El pressupost és de 2,5 milions d'euros i 300.000 euros més.",
        ["2500000 EUR", "300000 EUR"],
    ),
    (
        "mn",
        "MN",
        "Төсөл 2.5 тэрбум төгрөг, 300 сая доллараар хэрэгжинэ.",
        ["2500000000 MNT", "300000000 USD"],
    ),
    (
        "lt",
        "LT",
        "Vyriausybė skyrė 2,5 mlrd. eurų ir 300 tūkst. eurų.",
        ["2500000000 EUR", "300000 EUR"],
    ),
    (
        "lv",
        "LV",
        "Valdība piešķīra 2,5 miljonus eiro un 300 tūkstošus dolāru.",
        ["2500000 EUR", "300000 USD"],
    ),
    (
        "et",
        "EE",
        "Valitsus eraldas 2,5 miljonit eurot ja 300 000 dollarit.",
        ["2500000 EUR", "300000 USD"],
    ),
    (
        "sl",
        "SI",
        "Vlada namenja 2,5 milijona evrov in 300 tisoč evrov.",
        ["2500000 EUR", "300000 EUR"],
    ),
    (
        "is",
        "IS",
        "Ríkið greiðir 2,5 milljarða króna og 300 milljónir evra.",
        ["2500000000 ISK", "300000000 EUR"],
    ),
    ("sq", "AL", "Qeveria jep 2,5 milionë euro dhe 300 mijë lekë.", ["2500000 EUR", "300000 ALL"]),
    ("sw", "KE", "Serikali itatoa Sh2.5 bilioni na dola milioni 3.", ["2500000000 KES"]),
    ("ga", None, "Cosnóidh sé €2.5 milliún agus 300 euro.", ["2500000 EUR", "300 EUR"]),
    (
        "ky",
        "KG",
        "Долбоорго 2,5 млн сом жана 300 миң доллар бөлүндү.",
        ["2500000 KGS", "300000 USD"],
    ),
    (
        "be",
        "BY",
        "Урад выдзеліў 2,5 млн рублёў і 300 тысяч долараў.",
        ["2500000 BYN", "300000 USD"],
    ),
    (
        "mk",
        "MK",
        "Владата даде 2,5 милиони евра и 300 илјади денари.",
        ["2500000 EUR", "300000 MKD"],
    ),
    (
        "ta",
        "IN",
        "அரசு 2.5 கோடி ரூபாய் மற்றும் 3 மில்லியன் டாலர் வழங்கியது.",
        ["25000000 INR", "3000000 USD"],
    ),
    (
        "tl",
        "PH",
        "Naglaan ng P2.5 bilyon at 300 milyong piso ang gobyerno.",
        ["2500000000 PHP", "300000000 PHP"],
    ),
    (
        None,
        None,
        "Цена 1 250,50 € или 3 млн долларов; Preis 12.500 Euro; ₺45,90",
        ["1250.50 EUR", "3000000 USD", "12500 EUR", "45.90 TRY"],
    ),
]


@pytest.mark.parametrize(("language", "country", "text", "expected"), SENTENCES)
def test_a_sentence_gives_its_amounts(
    language: str | None, country: str | None, text: str, expected: list[str]
) -> None:
    found = [
        (mention.amount, mention.amount_high, mention.currency_code)
        for mention in find_mentions(text, language, country)
    ]
    assert found == [_parsed(line) for line in expected]


def _parsed(line: str) -> tuple[Decimal, Decimal | None, str]:
    amounts, code = line.split()
    low, _, high = amounts.partition("..")
    return Decimal(low), Decimal(high) if high else None, code
