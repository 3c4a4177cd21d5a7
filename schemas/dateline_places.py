"""Cities that stand alone in datelines: capitals and the places news is written from most.

Folded to lower case. Used only where a city and a dash or colon are all that a dateline has, so
that "WATCH:" or "Weather -" is not read as a place.
"""

_LATIN = """
abu dhabi|abuja|accra|addis ababa|algiers|almaty|amman|amsterdam|ankara|antananarivo|ashgabat|
asmara|astana|asunción|athens|atlanta|auckland|baghdad|baku|bakı|bamako|bangkok|barcelona|beijing|
beirut|belgrade|bengaluru|berlin|berne|bern|bishkek|bogota|bogotá|boston|brasilia|brasília|
bratislava|brussels|bruxelles|bucharest|budapest|buenos aires|cairo|calgary|canberra|cape town|
caracas|chennai|chicago|chisinau|chișinău|cologne|colombo|conakry|copenhagen|dakar|dallas|
damascus|dar es salaam|delhi|denver|detroit|dhaka|doha|dubai|dublin|dushanbe|edinburgh|erbil|
frankfurt|freetown|gaborone|gaza|gaza city|geneva|genève|genf|guatemala city|hamburg|hanoi|harare|
havana|helsinki|ho chi minh city|hong kong|honolulu|houston|hyderabad|indianapolis|islamabad|
istanbul|jakarta|jeddah|jerusalem|johannesburg|juba|kabul|kampala|karachi|kathmandu|khartoum|kiev|
kigali|kinshasa|kolkata|kuala lumpur|kuwait city|kyiv|la paz|lagos|lahore|las vegas|libreville|
lilongwe|lima|lisbon|lisboa|ljubljana|london|los angeles|luanda|lusaka|luxembourg|madrid|malé|
managua|manama|manila|maputo|melbourne|mexico city|miami|milan|milano|milwaukee|minneapolis|minsk|
mogadishu|monaco|monrovia|montevideo|montreal|montréal|moscow|moskau|mumbai|munich|münchen|muscat|
nairobi|nassau|new delhi|new orleans|new york|niamey|nicosia|nouakchott|nur-sultan|oklahoma city|
oslo|ottawa|ouagadougou|panama city|paris|perth|philadelphia|phnom penh|phoenix|pittsburgh|
podgorica|port-au-prince|port moresby|prague|pretoria|pristina|pyongyang|quito|rabat|ramallah|
reykjavik|riga|rio de janeiro|riyadh|rom|roma|rome|salt lake city|san antonio|san diego|
san francisco|san josé|san juan|san salvador|sanaa|santiago|santo domingo|sarajevo|são paulo|
seattle|seoul|shanghai|singapore|skopje|sofia|st. louis|st. petersburg|stepanakert|stockholm|
strasbourg|stuttgart|suva|sydney|taipei|tallinn|tashkent|tbilisi|tegucigalpa|tehran|tel aviv|
the hague|tirana|tokyo|toronto|tripoli|tunis|ulaanbaatar|united nations|valletta|vancouver|vaduz|
vatican city|victoria|vienna|wien|vientiane|vilnius|warsaw|warszawa|washington|wellington|
windhoek|yangon|yaounde|yaoundé|yerevan|zagreb|zürich|zurich|mecca|medina|kharkiv|odesa|lviv|
donetsk|khankendi|ganja|gyumri|batumi|tabriz|mashhad|diyarbakir|izmir|i̇zmir|i̇stanbul|samarkand|
osh
"""
_CYRILLIC = """
москва|санкт-петербург|киев|київ|минск|мінск|баку|ереван|тбилиси|астана|алматы|алма-ата|ташкент|
бишкек|душанбе|ашхабад|нур-султан|вашингтон|нью-йорк|лондон|париж|берлин|брюссель|женева|анкара|
стамбул|тегеран|пекин|токио|варшава|рига|таллин|вильнюс|кишинев|софия|белград|харьков|одесса|
львов|львів|донецк|луганск|симферополь|казань|грозный|махачкала
"""

DATELINE_PLACES: frozenset[str] = frozenset(
    name.strip() for name in f"{_LATIN.strip()}|{_CYRILLIC.strip()}".replace("\n", "").split("|")
)
