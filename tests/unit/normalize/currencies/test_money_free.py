"""Sentences as in the news that hold numbers and no money: roads, dates, scores, weights, names."""

from tasks.normalize.currencies.mentions import find_mentions
from tests.unit.normalize.currencies.money_free_sentences import SENTENCES as MORE

SENTENCES: dict[tuple[str, str], str] = {
    ("en", "ZA"): """\
The N1 and the R27 were flooded. The R102 is closed near the bridge. He won 3-1 on 5 May.
Grade R2 pupils sat the test. Some 1,200 people fled. Trains run every 20 minutes.
It was 35 C at noon. Route R44 reopens at 06:00. The pack weighed 20 kg. Section 21 applies.
Flight SA 203 landed. She is 47.""",
    ("en", "GB"): """\
The M25 is shut at junction 9. He is 6 ft 2. The boxer weighed 160 pounds. Arsenal won 2-0.
The dog lost 12 pounds. The 500-pound bomb was found. Call 0800 555 111. Psalm 23 was read.
Euro 2028 is near. The 5 won promotion. She ran 10 km in 41 minutes. The Q3 report is late.
A penny for your thoughts, he said.""",
    ("en", "US"): """\
Rep. Doe, R-42, voted no. The 2 pound cake sold out. It fell 3 percent in Q2 2023.
He hit 42 home runs. The 747 landed at 10:15. Interstate 95 is closed. Apollo 11 flew in 1969.
The bill passed 51-49. My two cents on this. Vitamin D 1,000 IU a day.
About 50,000 MT of wheat left port. K 12 schools reopen. The team plays Game 7.""",
    ("en", "PH"): """\
COP 28 ended. PHP 8 was released. P1 and P2 pupils return. Typhoon signal no. 3 is up.
Some 400 families left. Flight PR 102 was late. Route 66 is closed. He scored 32 points.
All 15 judges agreed. The quake was 5.6.""",
    ("en", "NG"): """\
The N2 road is bad. N1 and N4 are closed. Lagos has 20 wards. Polls open at 8:30.
Super Eagles won 4-2. Boko Haram killed 12. Section 84 was struck out. Flight N 300 landed.
The tanker holds 33,000 litres. Over 60 fled.""",
    ("en", "KE"): """\
ContentForm 4 results are out. Sh 3 is no seat. He ran 42 km. Some 700 goats died. Bill No.
9 of 2023 passed. Road C105 is shut. The dam is 60 m high. Kenya won 28-7. It starts at 2pm.
Over 1.5 million voted.""",
    ("en", "AM"): """\
The AMD 7900 card is fast. AMD 5800 chips sold out. The village is at 1,900 metres. He is 21.
Polls open at 8. Article 5 applies. 44 soldiers died in 2020. Some 100,000 fled.
The M4 road is open. Group B2 plays on 7 June.""",
    ("de", "DE"): """\
Die A7 ist bei Kilometer 12 gesperrt. Bayern gewann 3:1. Am 15.3. um 20 Uhr. Er wiegt 80 Kilo.
Rund 1.500 Menschen kamen. Paragraf 218 bleibt. Der Zug ICE 577 fiel aus. Es waren 32 Grad.
Mit 51 zu 49 Stimmen. Seit 1998 lebt er hier. Euro 2024 begann. Das Baby wog 3.200 Gramm. Tel.
030 123456. Die B 96 ist frei. Platz 4 für Kiel.""",
    ("de", "CH"): """\
Treffen am Fr. 20. April. Fr. 15.3. ab 19 Uhr. Am Fr 21 Uhr. Die A1 ist zu. Basel siegte 2:0.
Es schneite 40 Zentimeter. Der Zug fährt um 7.32 Uhr. Rund 3'000 Leute kamen.
Der Berg ist 4'478 Meter hoch. Sie ist 33.""",
    ("fr", "FR"): """\
L'A6 est fermée au kilomètre 40. Le PSG a gagné 3-0. Le 14 juillet 2023 à 20 h.
Il pèse 90 kilos. Environ 2 500 personnes. Le vol AF 447 est parti. L'article 49.3 passe.
Il fait 35 degrés. La loi de 1905 reste. Le billet de 200 euros circule peu. Il mesure 1,85 m.
Page 12. Le TGV 8410 est en retard. Les 24 Heures du Mans. Il a 54 ans.""",
    ("fr", "MG"): """\
La RN7 est coupée. Le cyclone a tué 12 personnes. Il est 8 h 30. Le match finit 2-1.
Près de 300 ha ont brûlé. Le vol MD 50 est annulé. La 5e édition débute.
On attend 40 000 visiteurs. Il a 61 ans. Le lot 4 est vide.""",
    ("es", "GT"): """\
El Q3 de 2024 fue malo. La Q1 cerró. Llegó en el puesto 5. El sismo fue de 5,4. Ganaron 3-1.
A las 15:30 horas. La ruta CA-9 está cerrada. Unas 1,200 familias. El artículo 141.
Tiene 45 años. Zona 10 y zona 4. Pesa 70 kilos.""",
    ("es", "HN"): """\
El nivel L1 y L2 abre. El vuelo L5 salió. La CA-5 está cerrada. Ganaron 2-0.
Murieron 8 personas. El 3 de mayo. El tramo mide 12 km. Hay 300 casas. La ley 12 rige.
Tiene 19 años.""",
    ("es", "CO"): """\
La COP16 fue en Cali. COP 29 y COP 30. La COP 21 firmó. El barrio 20. Perdió 1-0. A las 9:00.
Unos 4.000 votos. El artículo 5. Tiene 30 años. La ruta 40 sigue cerrada.""",
    ("es", "ES"): """\
La A-6 está cortada. El Madrid ganó 4-2. El 12 de octubre de 2022. Pesa 80 kilos.
Unas 5.000 personas. Tiene 28 años. La temperatura llegó a 41 grados. El vuelo IB 3170. El 23-F.
Página 20. La Ley 39/2015.""",
    ("pt", "BR"): """\
A BR-101 está fechada. O time ganhou por 3 a 1. Às 15h30. Cerca de 1.200 pessoas.
Pesa 82 quilos. A lei 8.112 vale. O voo G3 1500 atrasou. Em 2022 houve eleição. O artigo 5.
Tem 44 anos. A nota de 50 reais mudou. Dia 7 de setembro.""",
    ("pt", "MZ"): """\
A EN1 está cortada. Morreram 12 pessoas. Ganhou por 2-0. Às 10 horas. Cerca de 50.000 pessoas.
O artigo 8. A ponte tem 3 km. Em 1975 veio a independência. Tem 60 anos. O voo TM 301 chegou.""",
    ("it", "IT"): """\
L'A1 è chiusa. La Roma ha vinto 2-1. Il 25 aprile 1945. Pesa 75 chili. Circa 1.500 persone.
Ha 52 anni. Alle 21.45. Il volo AZ 610. L'articolo 18. Il treno 9520. Ci sono 38 gradi.""",
    ("nl", "NL"): """\
De A2 is dicht. Ajax won met 3-1. Op 5 mei 1945. Hij weegt 80 kilo. Zo'n 1.200 mensen.
Om 20.30 uur. Hij is 47. Het is 30 graden. Artikel 23. Vlucht KL 1234 viel uit.
Het kamp telt 4 tenten.""",
    ("sv", "SE"): """\
E4 är avstängd. AIK vann med 3-1. Den 6 juni 2023. Han väger 80 kilo. Cirka 1 200 personer.
Klockan 18.30. Hon är 47 år. Det var 30 grader. Flyg SK 405. Paragraf 12. Etapp 3.""",
    ("no", "NO"): """\
E6 er stengt. Brann vant 3-1. Den 17. mai 2023. Han veier 80 kilo. Rundt 1 200 personer.
Klokken 18.30. Hun er 47 år. Det var 20 grader. Fly SK 405. Paragraf 112. Etappe 3.""",
    ("pl", "PL"): """\
A2 jest zamknięta. Polska wygrała 3:1. 11 listopada 1918 roku. Waży 80 kilogramów.
Około 1 200 osób. O godz. 18.30. Ma 47 lat. Zdobyli 4 złote medale. Wygrał 2 złote krążki. Art.
5. Jest 30 stopni. Lot LO 281.""",
    ("cs", "CZ"): """\
D1 je uzavřená. Sparta vyhrála 3:1. Dne 17. listopadu 1989. Váží 80 kilogramů. Asi 1 200 lidí.
V 18.30 hodin. Je mu 47 let. Bylo 30 stupňů. Zákon č. 89. Linka 22. Strana 5.""",
    ("hr", "HR"): """\
Staza je duga 5 km. Vozio je 130 km na sat. A1 je zatvorena. Hajduk je slavio 3:1. Dana 30.
svibnja 1990. Ima 47 godina. Oko 1.200 ljudi. U 18.30 sati. Teži 80 kg. Članak 5.
Bilo je 30 stupnjeva.""",
    ("bs", "BA"): """\
Put je dug 12 km. Vjetar je 80 km na sat. Utrka na 10 km i 21 km. M17 je zatvorena.
Pobijedili su 2:1. Ima 51 godinu. Oko 900 ljudi. U 19 sati. Član 5. Dana 1. marta 1992.""",
    ("sr", "RS"): """\
Staza je duga 5 km. Zvezda je pobedila 3:1. Dana 5. oktobra 2000. Ima 47 godina.
Oko 1.200 ljudi. U 18.30 časova. Teži 80 kg. Član 5. Bilo je 30 stepeni. Voz 543 kasni.""",
    ("uk", "UA"): """\
У 2023 р. відбулися вибори. Народився 1975 р. у Львові. Загинули 12 осіб. «Динамо» виграло 3:1.
О 18:30. Йому 47 років. Близько 1200 людей. Важить 80 кг. Ст. 5 Закону. Траса М06 закрита.
У 1990-х рр. було 30 градусів.""",
    ("ru", "RU"): """\
В 2023 году прошли выборы. Погибли 12 человек. «Зенит» выиграл 3:1. В 18:30. Ему 47 лет.
Около 1200 человек. Весит 80 кг. Статья 5 закона. Трасса М4 закрыта. Банкнота 5000 рублей.
Рейс SU 100 вылетел. Было 30 градусов.""",
    ("bg", "BG"): """\
Затворена е магистрала А1. Левски победи с 3:1. На 3 март 1878 г. Тежи 80 кг. Около 1200 души.
В 18:30 часа. На 47 години е. Беше 30 градуса. Член 5. Влак 2615 закъсня.""",
    ("tr", "TR"): """\
O-4 kapandı. Galatasaray 3-1 kazandı. 29 Ekim 1923. 80 kilo ağırlığında. Yaklaşık 1.200 kişi.
Saat 18.30'da. 47 yaşında. Hava 30 derece. Madde 5. TK 1980 sefer.
6 Şubat 2023'te 7,7 büyüklüğünde.""",
    ("az", "AZ"): """\
M1 yolu bağlıdır. Qarabağ 3:1 qalib gəldi. 28 may 1918-ci il. 80 kilo çəkidə.
Təxminən 1200 nəfər. Saat 18:30-da. 47 yaşı var. Hava 30 dərəcədir. Maddə 5. 44 günlük müharibə.""",
    ("hu", "HU"): """\
Az M7-es le van zárva. A Fradi 3-1-re nyert. 1956. október 23-án. 80 kiló. Mintegy 1200 ember.
18.30-kor. 47 éves. 30 fok volt. Az 5. cikk. A 70-es vonat késik.""",
    ("ar", "EG"): """\
قتل 12 شخصا. فاز الأهلي 3-1. في 25 يناير 2011. وزنه 80 كيلوغراما. نحو 1200 شخص. الساعة 18:30.
عمره 47 عاما. المادة 5. درجة الحرارة 30. الطريق 26 مغلق.""",
    ("zh", "CN"): """\
G4高速封闭。国安3比1获胜。2023年10月1日。体重80公斤。约1200人参加。晚上8点30分。他47岁。
气温30度。 第5条规定。航班CA1234延误。全长12公里。共有三千人。""",
    ("ja", "JP"): """\
東名高速が通行止め。巨人が3対1で勝った。2023年10月1日。体重80キロ。約1200人が参加。午後8時30分。
47歳。 気温30度。第5条。全長12キロ。三千人が集まった。円卓を5つ置いた。""",
    ("ko", "KR"): """\
고속도로 1호선이 막혔다. 두산이 3대 1로 이겼다. 2023년 10월 1일. 몸무게 80킬로.
약 1200명이 왔다. 오후 8시 30분. 47세다. 기온은 30도. 제5조. 길이 12킬로.""",
}  # fmt: skip
_FALSE_HITS = 0.01


def test_sentences_without_money_have_none() -> None:
    sentences = [
        (language, country, sentence)
        for (language, country), text in (*SENTENCES.items(), *MORE.items())
        for line in text.splitlines()
        for sentence in line.replace("。", "。 ").split(". ")
        if sentence.strip()
    ]
    hits = [
        (country, sentence)
        for language, country, sentence in sentences
        if find_mentions(sentence, language, country)
    ]
    assert len({language for language, _, _ in sentences}) >= 60
    assert len(sentences) >= 900
    assert len(hits) <= _FALSE_HITS * len(sentences), hits
