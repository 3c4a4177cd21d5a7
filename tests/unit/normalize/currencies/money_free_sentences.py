"""More sentences of the news without money, a list for each language and country."""

SENTENCES: dict[tuple[str, str], str] = {
    ("en", "ZA"): """\
The R61 and R56 are slippery. Grade R and Grade 12 classes resume.
Take the R300 to Bellville. Rassie made 7 changes. Stage 4 load shedding returns.
The B737 turned back. He bowled 4 for 32. Eskom's Unit 2 tripped at 600 MW.""",
    ("en", "GB"): """\
A 12-pounder was caught off Poole. She lost 2 stone and 4 pounds.
The M6 toll is 27 miles long. Chapter 11, p. 45. See pp. 12-14.
A £-shaped cake won first prize. Pound for pound, he is the best. The 10 pound baby is well.
The Euro 96 team met again. In the euro zone growth was 0.3%. Labour has 411 MPs.
The 7.30 from Crewe was late. The Fifty Pound Note is a pub.
The dollar fell 0.4% against the yen.""",
    ("en", "US"): """\
The D.C. 4 were freed. Top 10 in the NFL. Rep. Doe (D-12) spoke. The Dow fell 300 points.
Gold rose 1.2%. The recipe needs 3 pounds of beef. He bench-pressed 400 pounds.
The S&P 500 gained 12 points. Unit 42 found a bug. Windows 11 is out. An iPhone 15 was lost.
F-16 jets flew. MS-13 members were held. He is 6-foot-5 and 240 pounds. C-130 planes landed.
The K-12 bill passed. The Ks: he had 12 K in 7 innings. A quarter of voters agree.
Dime-size hail fell. He ran a 5K and a 10K. She has 20K followers. A 4K TV broke.
L 34-10 against Iowa. The nickel mine is shut. Third-and-10 at the 40.
The 401(k) plan has 3,000 members. Then rub 2 teaspoons of salt in.""",
    ("en", "IN"): """\
NH 44 is blocked. The Class 10 boards begin. Rs are short for Rajya Sabha seats: 12.
Some 3 lakh people fled. Over 5 crore voters turned out. The IPC section 302 applies.
The 12.30 Shatabdi was late. Re-polling in 4 booths. She scored 98.6 per cent.
He made 120 off 87 balls.""",
    ("en", "AU"): """\
The A1 is cut at Ayr. He kicked 5.3 for the Swans. It hit 44C in Penrith.
A 20c-sized spider bit him. The Pies won by 12 points. Lot 12 sold early.
A Boeing A380 landed.""",
    ("en", "NZ"): """\
SH1 is closed at Kaikoura. The 50kg calf was saved. The All Blacks won 36-0.
Level 3 begins Monday.""",
    ("en", "CA"): """\
Highway 401 is jammed. Bill C-11 passed. C-18 and C-63 are law. Canada won 4-3 in OT.""",
    ("en", "BW"): """\
The A3 is closed. P. 5 of the report. P1 drivers met. Some P7 pupils passed.""",
    ("en", "GH"): """\
The N1 is flooded. JHS 3 pupils wait. GHS is the health service; 12 died.""",
    ("en", "GM"): """\
D 12 is a room. Group D 2 won.""",
    ("en", "PG"): """\
K2 was climbed again. The K9 unit helped.""",
    ("en", "ZM"): """\
K2 climbers died. The K9 unit found it. T3 road is cut.""",
    ("en", "UG"): """\
S6 results are out. USh is no seat 5. P7 pupils sat.""",
    ("en", "TZ"): """\
T1 is closed. The TSh team won 3-1.""",
    ("en", "SL"): """\
Le 5 mai is a French date. Le 10 is the shirt he wears.""",
    ("en", "JM"): """\
J$ is its sign. Grade 6 pupils passed.""",
    ("de", "DE"): """\
Die B 96 und die L 123 sind gesperrt. Das Pfund Butter wog 480 Gramm.
Er verlor 20 Pfund in 8 Wochen. Mit 2 Pfund Hackfleisch. Pro Mark und Bein 3 Ärzte.
In der Mark Brandenburg leben 2,5 Millionen Menschen. Die Kronen von 40 Bäumen fehlen.
Halle 5, Stand C 12. Die EM 2024 war toll. Euro NCAP gab 5 Sterne.
Im Euroraum stieg sie auf 2,4 Prozent. Die 7 Zwerge. Nr. 5 lebt. Um 17.30 Uhr fiel das 1:0.
1,8 Millionen Zuschauer sahen zu. Teil 2 folgt. 20 Cent-Stücke lagen da.""",
    ("de", "AT"): """\
Die A 2 ist zu. Das Spiel endete 0:0. Der S 45 hält nicht.""",
    ("de", "CH"): """\
Am Fr, 5. Mai, 20 Uhr. Fr 5. bis So 7. Juni offen. Di–Fr 9–17 Uhr.
Mo–Fr. 8–12 Uhr, Sa 9–16 Uhr. Fr. 13. gilt als Unglückstag. FR 2 meldet es.
Der Kanton FR hat 7 Bezirke.""",
    ("fr", "FR"): """\
Il a perdu 5 livres et 3 kilos. Elle a écrit 12 livres. Les 300 livres du fonds sont perdus.
Le livre sterling n'est pas 1 livre. Il a lu 2 livres cet été. Une livre de beurre suffit.
Les 50 couronnes de fleurs. Euro 2016 fut à Paris. La F1 revient à Spa. Le bus 42 est dévié.
Il court le 100 m en 10 s 12. Le CAC 40 perd 0,5 %. Sous 5 réaux de soleil.
Les Bleus ont 20 points. Qu'ont-ils 20 ans plus tard ?""",
    ("fr", "CA"): """\
La 20 est fermée à Drummondville. Le Canadien a gagné 5 à 2. Les 4 sous-ministres.
Le C-21 est adopté.""",
    ("fr", "CD"): """\
La RN 1 est coupée. Les FC Lupopo ont gagné 2-0. Le FC 2 mars gagne.
FC Renaissance 1, TP Mazembe 2.""",
    ("fr", "DZ"): """\
Le DA est mort à 45 ans.""",
    ("fr", "TN"): """\
DT 5 est un dossier. Le DT, 50 ans, a démissionné.""",
    ("es", "ES"): """\
Costó 2 duros partidos ganarles. Pesa 3 arrobas y 2 libras. Ganó 5 coronas de laurel.
Hay 20 reales decretos. El Real Decreto 463/2020. El euro cae un 0,3 %.
Un coche a 120 por hora. La AP-7 sigue cortada. El Euro Stoxx 50 sube.""",
    ("es", "MX"): """\
El peso del bebé fue de 3 kilos. Tiene un peso de 80 kilos. Pesa 2 pesos pesados la final.
La carretera 15D se cerró. Venció por 2-1 el América. Bajó 12 libras.""",
    ("es", "AR"): """\
La RN 3 está cortada. Boca ganó 1-0. Peso pluma: 57 kilos. Pesos pesados: 2 argentinos.""",
    ("es", "PE"): """\
S/ es su signo. Sol de Oro 2023.""",
    ("es", "PY"): """\
El G20 sesiona. G 4 y G 5 son grupos. Grupo G 3.""",
    ("es", "BO"): """\
Bs. As. tiene 3 millones de habitantes. Los 15 bolivianos detenidos en Chile.
Doce bolivianos murieron.""",
    ("es", "VE"): """\
Bs. As. 2018 fue sede.""",
    ("es", "CR"): """\
C 5 y C 6 son aulas. Ruta 27 cerrada.""",
    ("es", "NI"): """\
El C$ es su signo. C 12 es el aula.""",
    ("es", "CL"): """\
La Ruta 5 Sur tiene 2 pistas. La UF es otra cosa; 12 diputados.""",
    ("pt", "BR"): """\
O real valor das 5 casas. Os reais 12 motivos. A Casa Real tem 5 membros. R 5 é a rua.
Pesa 5 libras. Os 20 contos de Machado. Ele leu 3 contos. Conto nº 2.""",
    ("pt", "PT"): """\
A A1 está cortada. Os 20 contos do autor. Perdeu por 2-1 em Braga. O Euro 2004 foi cá.""",
    ("pt", "AO"): """\
O Kz é o símbolo. A EN 100 tem buracos.""",
    ("it", "IT"): """\
Ha perso 12 libbre. Corona d'oro in 3 gare. Euro 2020 fu nostro. Il 7 in condotta.""",
    ("nl", "NL"): """\
Twee pond kaas en 3 ons ham. Een pond gehakt. Euro 2000 was hier. De N 57 is dicht.
Kroon 3 is zoek.""",
    ("nl", "BE"): """\
De E40 is dicht. Anderlecht won 2-0. De R0 staat vast.""",
    ("sv", "SE"): """\
Tre Kronor vann med 4-2. Tre Kronor möter Finland. Kronan 3 vann. Ett mål i 5:e.
Han vann med 30 sek.""",
    ("da", "DK"): """\
E20 er lukket. FCK vandt 3-1. Kl. 18.30 er det sket. Han vejer 80 kilo.
Omkring 1.200 mennesker kom. Den 5. juni 1953.""",
    ("no", "NO"): """\
Rv. 7 er stengt. E 16 er åpen.""",
    ("fi", "FI"): """\
Valtatie 4 on poikki. Ottelu päättyi 3-1. Hän on 47-vuotias. Kello 18.30 alkaa.
Noin 1 200 ihmistä. Lämpötila oli 30 astetta. Markka 2 on kissa. Pykälä 5 kumottiin.
Puuta painoi 80 kiloa.""",
    ("is", "IS"): """\
Hringvegur 1 er lokaður. Leiknum lauk 3-1. Hann er 47 ára. Um 1.200 manns mættu.
Klukkan 18.30.""",
    ("pl", "PL"): """\
Złoty medal i 2 srebrne. Trzy złote zasady. Zdobyła 3 złote i 2 srebrne medale.
Złote 3 dni festiwalu. 2 złote gole. S8 jest zamknięta. Złota 44 to wieżowiec.
Złota 5 w Warszawie. Korony 3 drzew. Zł 5 to kod.""",
    ("cs", "CZ"): """\
Koruny 3 stromů spadly. Kč 5 je číslo. Dálnice D1 stojí.""",
    ("sk", "SK"): """\
Diaľnica D1 stojí. Slovan vyhral 3:1. Má 47 rokov. Asi 1 200 ľudí prišlo. O 18.30 hod.
Koruny 5 stromov. Článok 5.""",
    ("sl", "SI"): """\
Avtocesta A1 je zaprta. Olimpija je zmagala 3:1. Star je 47 let. Okoli 1.200 ljudi.
Ob 18.30. Krona 3 dreves.""",
    ("hr", "HR"): """\
Kuna zlatica ima 3 mladunca. Lipa 3 je mjesto. Tri lipe rastu u parku.""",
    ("sr", "RS"): """\
Auto-put A1 ima 3 trake. Tri para cipela. Dva para i 5 para čarapa. 12 para rukavica.""",
    ("ro", "RO"): """\
A1 este închisă. Steaua a câștigat cu 3-1. Are 47 de ani. Circa 1.200 de oameni.
La ora 18.30. Leul 3 are 200 kg. Banii: 5 la sută. Articolul 5 din lege.
Doar 12 din cei 20 de răniți.""",
    ("ro", "MD"): """\
M5 e blocat. Are 60 de ani. Art. 5 din Constituție.""",
    ("bg", "BG"): """\
Лев на 5 години избяга. Трима лъва бяха спасени. 5 лъва от цирка. Път I-8 е затворен.""",
    ("mk", "MK"): """\
А1 е затворена. Вардар победи 3:1. Има 47 години. Околу 1.200 луѓе. Во 18:30 часот.""",
    ("el", "GR"): """\
Η Εθνική Οδός είναι κλειστή. Ο Ολυμπιακός νίκησε 3-1. Είναι 47 ετών. Περίπου 1.200 άτομα.
Στις 18:30. Το Euro 2004 το πήραμε. Άρθρο 5. Ζυγίζει 80 κιλά.""",
    ("sq", "AL"): """\
A1 është e mbyllur. Tirana fitoi 3-1. Është 47 vjeç. Rreth 1.200 njerëz. Ora 18:30. Neni 5.""",
    ("ru", "RU"): """\
Рубль укрепился на 0,5 %. В 1998 г. погибли 30 человек. Р-21 перекрыта.
Кроны 12 деревьев упали. Фунт 3 раза ошибся. Евро-2020 прошло. Лишь 2 марки вина.
Собрал 300 марок в альбом. Марки 1961 года. Р. 12 мая 1960. Центов 5 не было: «50 Cent» пел.""",
    ("uk", "UA"): """\
Крона 12 дерев впала. Гривня зміцнилась на 0,5 %. Євро-2012 пройшло тут. 12 р. тому.
Р. 5 протоколу. Траса Н-08.""",
    ("be", "BY"): """\
У 2024 г. загінулі 5 чалавек. М1 перакрыта. Дынама выйграла 3:1. Яму 47 гадоў.""",
    ("kk", "KZ"): """\
М36 жабық. Қайрат 3:1 жеңді. Оған 47 жас. Шамамен 1200 адам. 2023 ж. сайлау болды.
Сағат 18:30.""",
    ("ka", "GE"): """\
დინამომ 3:1 მოიგო. 47 წლისაა. დაახლოებით 1200 კაცი. 18:30 საათზე. 2023 წელს. მუხლი 5.
2 ლარნაკი იპოვეს.""",
    ("hy", "AM"): """\
Արարատը հաղթեց 3:1. Նա 47 տարեկան է։ Մոտ 1200 մարդ։ Ժամը 18:30-ին։ 2023 թ. ընտրություններ։
5 դրամապանակ գտան։""",
    ("az", "AZ"): """\
Onun 5 övladı var. Manatın məzənnəsi 1% düşdü. M-2 yolu.""",
    ("tr", "TR"): """\
Liranın değeri %2 düştü. D-100 kapalı. Euro 2024'te çeyrek final. 200 TL'lik banknot.""",
    ("tr", "CY"): """\
YKS 2024 başladı. M1 yolu kapalı.""",
    ("he", "IL"): """\
כביש 6 נסגר. מכבי ניצחה 3-1. בן 47. כ-1,200 איש. בשעה 18:30. סעיף 5. המשקל 80 קילו.""",
    ("ar", "IQ"): """\
دينار اسم فتاة عمرها 12 عاما. الطريق 1 مغلق. في 3 ملايين نسمة. فاز 2-1.""",
    ("ar", "LB"): """\
ليرة ولدان: 2. عمره 30 ليلة.""",
    ("ar", "SA"): """\
ريال مدريد فاز 3-1. ريال مدريد 3 برشلونة 1. لاعب ريال مدريد 25 عاما.""",
    ("fa", "IR"): """\
رئال مادرید 3-1 برد. او 47 ساله است. حدود 1200 نفر. ساعت 18:30. ماده 5. 80 کیلوگرم وزن دارد.""",
    ("ur", "PK"): """\
ایم 2 موٹروے بند ہے۔ پاکستان نے 3-1 سے جیتا۔ وہ 47 سال کا ہے۔ تقریبا 1200 افراد۔
شام 6:30 بجے۔ دفعہ 144 نافذ۔""",
    ("hi", "IN"): """\
NH 44 बंद है। भारत ने 3-1 से जीता। वह 47 साल के हैं। करीब 1200 लोग। शाम 6:30 बजे।
धारा 302 लगी। 3 लाख लोग आए। रुपये में 0.5% गिरावट। 2000 रुपये का नोट बंद।""",
    ("bn", "BD"): """\
ঢাকায় ১২ জন নিহত। বাংলাদেশ ৩-১ গোলে জিতেছে। তার বয়স ৪৭। প্রায় ১২০০ মানুষ। সন্ধ্যা ৬:৩০।
টাকা নয়, ৫টি কাক। ধারা ৫৭।""",
    ("ne", "NP"): """\
नेपालले 3-1 ले जित्यो। उनी 47 वर्षका भए। करिब 1200 जना। साँझ 6:30 बजे।""",
    ("ta", "IN"): """\
இந்தியா 3-1 வென்றது. அவருக்கு 47 வயது. சுமார் 1200 பேர். மாலை 6:30 மணி.""",
    ("th", "TH"): """\
ทางด่วน 1 ปิด ไทยชนะ 3-1 อายุ 47 ปี ประมาณ 1,200 คน เวลา 18.30 น. มาตรา 112 บาทหลวง 3 คน
บาทวิถีกว้าง 2 เมตร เมื่อวันที่ 5 พ.ค. 2567 ธนบัตร 1,000 บาท""",
    ("vi", "VN"): """\
Quốc lộ 1 tắc 3 km. Việt Nam thắng 3-1. Anh 47 tuổi. Khoảng 1.200 người. Lúc 18h30. Điều 5.
Đồng đội ghi 2 bàn. 12 đồng chí hy sinh. Đồng Nai có 3 triệu dân. 5 đồng đội của anh.
Đó là tờ 500.000 đồng.""",
    ("id", "ID"): """\
Tol Cipali KM 72 macet. Persib menang 3-1. Usianya 47 tahun. Sekitar 1.200 orang.
Pukul 18.30 WIB. Pasal 5. Rp adalah simbol; 12 orang. Beratnya 80 kilo.
Uang pecahan Rp100.000.""",
    ("ms", "MY"): """\
PLUS KM 42 sesak. Malaysia menang 3-1. Usianya 47 tahun.""",
    ("tl", "PH"): """\
Nanalo ng 3-1. Siya ay 47 taong gulang. Mga 1,200 tao. Alas-6:30 ng gabi.
Piso net ang 5 bata.""",
    ("sw", "KE"): """\
Barabara ya A104 imefungwa. Simba ilishinda 3-1. Ana miaka 47. Takriban watu 1,200.
Saa 12:30 jioni. Shilingi ilishuka 0.5%.""",
    ("sw", "TZ"): """\
Yanga ilishinda 2-0. Kidato cha 4. Watu 12 walifariki.""",
    ("am", "ET"): """\
47 ዓመቱ ነው። 3-1 አሸነፈ። 1200 ሰዎች።""",
    ("so", "SO"): """\
Waa 47 jir. Ku dhawaad 1,200 qof. 3-1 ayay ku badiyeen.""",
    ("my", "MM"): """\
အသက် 47 နှစ်။ 3-1 ဖြင့် နိုင်သည်။""",
    ("km", "KH"): """\
អាយុ 47 ឆ្នាំ។ ឈ្នះ 3-1។""",
    ("zh", "TW"): """\
國道1號塞車3公里。 統一獅3比1勝。 113年3月5日開庭。 約1200人參加。 元旦有3天假。
他是3元老之一。 中元普渡有5場。 二元論有3派。 多元文化周10月3日登場。""",
    ("zh", "CN"): """\
元旦放假3天。 他是5元老之一。 3块石头滚落。 搬走2块地砖。 三块金牌。 12角形的星。
他拿下2分和3个篮板。 四方会谈第3轮。 高一(3)班。 单元3号楼。 圆通3天送达。""",
    ("zh", "HK"): """\
屯門公路塞3公里。 港隊3比1勝。 八蚊子咬3人。 3毫米雨量。 2仙童雕像。""",
    ("ja", "JP"): """\
円安が3日続いた。 半円形の広場は3つ。 千円札の話は後で。 5円玉形の穴。 第3円卓会議。
直径3メートルの円。 大円筒5基。 一万人が集まった。 国道4号で3人けが。 元号は令和6年。
新しい千円札と5円玉。""",
    ("ko", "KR"): """\
원전 3호기가 멈췄다. 국회의원 12명. 병원 5곳이 문을 닫았다. 공원 3곳. 직원 20명 해고.
3원칙을 지켰다. 회원 1200명. 1원소 주기율. 대원 5명 구조. 의원 3명이 떠났다.
5만원권 지폐와 500원짜리 동전.""",
    ("mn", "MN"): """\
3-1-ээр ялав. 47 настай. 1200 орчим хүн.""",
    ("uz", "UZ"): """\
M39 yopiq. Paxtakor 3:1 yutdi. U 47 yoshda. 1200 ga yaqin kishi. So'm 0,5% tushdi.
2023-yil 5-may.""",
    ("ky", "KG"): """\
Дордой 3:1 утту. Ал 47 жашта. Сом балык 12 кг.""",
    ("tg", "TJ"): """\
Истиқлол 3:1 бурд. Ӯ 47 сола аст.""",
    ("lt", "LT"): """\
A1 uždaryta. Žalgiris laimėjo 3:1. Jam 47 metai. Apie 1200 žmonių. 18.30 val. 5 straipsnis.""",
    ("lv", "LV"): """\
A1 slēgta. Rīga uzvarēja 3:1. Viņam 47 gadi. Ap 1200 cilvēku. Pulksten 18.30.
Lata 3 ir ziņa. Euro 2016.""",
    ("et", "EE"): """\
Tallinna mnt 12 on kinni. Flora võitis 3:1. Ta on 47-aastane. Umbes 1200 inimest.
Kell 18.30. Krooni 5 puud.""",
    ("ca", "ES"): """\
L'AP-7 és tallada. El Barça va guanyar 3-1. Té 47 anys. Unes 1.200 persones. A les 18.30.
Pesa 80 quilos.""",
    ("eu", "ES"): """\
A-8 itxita. Athletic 3-1 irabazi zuen. 47 urte ditu. 1.200 lagun inguru.""",
    ("gl", "ES"): """\
A AP-9 está cortada. O Celta gañou 3-1. Ten 47 anos.""",
    ("ga", "IE"): """\
Tá an M50 dúnta. Bhuaigh siad 3-1. Tá sé 47 bliain d'aois. Punt 3 ime.""",
    ("cy", "GB"): """\
Mae'r A55 ar gau. Enillodd Cymru 3-1. Mae'n 47 oed. Pwys 3 o gig.""",
    ("af", "ZA"): """\
Die N2 is toe. Die R44 bly oop. Hulle het 3-1 gewen. Hy is 47 jaar oud. Graad R begin.
R21 by Pretoria.""",
    ("mt", "MT"): """\
Rebħu 3-1. Għandu 47 sena.""",
}  # fmt: skip
