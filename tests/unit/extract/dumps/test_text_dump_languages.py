# ruff: noqa: E501 -- a dump is printed as it comes: a paragraph is one line.
"""Text dumps in several languages and shapes: title, text, authors, tags and dates come out."""

from dataclasses import dataclass

import pytest

from tasks.extract.dumps.text_dump import extract_text_dump
from tasks.extract.evidence import DateKind
from tasks.read.document import Origin

ORIGIN = Origin(raw_path="dump.txt", raw_digest="0" * 64)


@dataclass(frozen=True, slots=True)
class Dump:
    text: str
    title: str
    begins: str
    ends: str
    excludes: tuple[str, ...]
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    language: str | None = None


# A ticker, the title twice, titles of other stories twice with their hours.
ENGLISH = Dump(
    text="""• $ 1.72
• € 1.91
• £ 2.24

Harbour bridge closes for repairs until the end of the year
Harbour bridge closes for repairs until the end of the year
14.03.2024 09:15
The harbour bridge will stay closed to cars until the end of the year, the city council said on Thursday after engineers found cracks in two of its main pillars.

"We cannot take any risk with a structure that carries forty thousand vehicles a day," the head of the road office told reporters. "Buses will use the tunnel from Monday."

Shop owners on the eastern bank fear for their income. They asked the council for help with rents, a request that will be discussed next week.

www.harbour-paper.example
Similar news
Ferry line adds evening trips
City news 08:40
Ferry line adds evening trips
Tunnel to get new lights
City news 07:55
Tunnel to get new lights
Subscribe""",
    title="Harbour bridge closes for repairs until the end of the year",
    begins="The harbour bridge will stay closed",
    ends="discussed next week.",
    excludes=("Ferry", "Tunnel to get", "harbour-paper", "1.72", "Subscribe"),
    published=("14.03.2024 09:15",),
    language="en",
)

# Menu, breadcrumb, lead over the byline, subheading, a link in the text, comments.
GERMAN = Dump(
    text="""Zum Inhalt springen
• Startseite
• Politik
• Wirtschaft
• Sport
• Kultur
1. Startseite
2. Politik
3. Gemeinderat streitet über die neue Schwimmhalle

Gemeinderat streitet über die neue Schwimmhalle

Die Baukosten sind um ein Drittel gestiegen, und nun soll das Land einspringen.

Von Anna Beispiel
07.05.2024, 10:30 Uhr
Teilen
Drucken

Der Gemeinderat hat am Montagabend mehr als drei Stunden lang über den Bau der neuen Schwimmhalle beraten. Die Kosten werden inzwischen auf achtzehn Millionen Euro geschätzt, vor zwei Jahren waren es noch zwölf.

Kritik aus allen Fraktionen

Vertreter aller Fraktionen warfen der Verwaltung vor, die Zahlen zu spät vorgelegt zu haben. Die Bürgermeisterin wies das zurück und verwies auf die gestiegenen Preise für Stahl und Beton.

Lesen Sie auch:
Warum das alte Freibad im Sommer geschlossen bleibt

Über die Finanzierung soll im Juni entschieden werden. Bis dahin will die Verwaltung mit dem Land über einen höheren Zuschuss verhandeln, wie sie nach der Sitzung mitteilte.

3 Kommentare
• Leserin sagt:
08.05.2024 um 11:02
Ich finde es unglaublich, dass wir seit Jahren auf eine Halle warten und jetzt wieder nichts passiert, weil niemand rechnen kann.
Antworten
Impressum
Datenschutz""",
    title="Gemeinderat streitet über die neue Schwimmhalle",
    begins="Die Baukosten sind um ein Drittel gestiegen",
    ends="nach der Sitzung mitteilte.",
    excludes=("Freibad", "unglaublich", "Impressum", "Anna Beispiel", "Teilen"),
    authors=("Anna Beispiel",),
    published=("07.05.2024, 10:30 Uhr",),
    language="de",
)

# The page's clock beside a language switch above, the article's date below its hashtags.
RUSSIAN = Dump(
    text="""12 февраля 2025 / 18:04 EN

    В горном районе открыли новую школу на триста мест

    В горном районе на севере страны открыли новую школу, рассчитанную на триста учеников. Строительство продолжалось два года и обошлось бюджету почти в четыре миллиона.

    По словам директора, занятия начнутся в понедельник. Учителя уже получили новые компьютеры, а для детей из дальних сёл организован автобус.

    Раньше школьники занимались в старом здании, которое признали аварийным ещё пять лет назад, сообщили в министерстве образования.


    #ОБРАЗОВАНИЕ
    #РЕГИОНЫ
    #ШКОЛА

    3 сентября 2023 / 11:20""",
    title="В горном районе открыли новую школу на триста мест",
    begins="В горном районе на севере страны",
    ends="сообщили в министерстве образования.",
    excludes=("18:04", "#", "11:20"),
    tags=("ОБРАЗОВАНИЕ", "РЕГИОНЫ", "ШКОЛА"),
    published=("3 сентября 2023 / 11:20",),
    language="ru",
)

# A breadcrumb glued to the title, a dateline, the author's name and note at the end.
TURKISH = Dump(
    text="""Ana SayfaGündemBelediye parkları gece de açık tutacak

Belediye parkları gece de açık tutacak


Ankara, 5 Haziran 2022 (ÖRN) – Belediye, şehir merkezindeki altı parkın yaz boyunca gece yarısına kadar açık kalacağını duyurdu. Karar, sıcak günlerde serin bir yer arayan ailelerin isteği üzerine alındı.

Parklarda aydınlatma yenilendi ve güvenlik görevlilerinin sayısı artırıldı. Yetkililer, uygulamanın eylül ayında yeniden değerlendirileceğini söyledi.


Deniz Örnek
Deniz Örnek, beş yıldır şehir haberleri yazıyor ve bisikletle dolaşmayı seviyor.

Bizi takip edin
En çok okunanlar""",
    title="Belediye parkları gece de açık tutacak",
    begins="Ankara, 5 Haziran 2022 (ÖRN)",
    ends="yeniden değerlendirileceğini söyledi.",
    excludes=("Ana Sayfa", "bisikletle", "takip"),
    authors=("Deniz Örnek",),
    published=("5 Haziran 2022",),
    language="tr",
)

# No spaces between words; a member's notice and a ranking below.
JAPANESE = Dump(
    text="""本文へ移動
政治
経済
社会
市営バスの夜間便が来月から増える

2024年2月9日 18時30分

市は９日、市営バスの夜間便を来月から増やすと発表した。終電の後に帰宅する人が増えているためで、駅前から住宅地へ向かう三つの路線で一日に計十二便を追加する。

運転手の不足が続いているが、市は退職者の再雇用を進めて人手を確保した。担当者は「安心して帰れる街にしたい」と話している。

運賃は据え置く。利用の状況を見ながら、夏までに他の路線にも広げるかどうかを決める。

関連記事
駅前の駐輪場、来春に建て替え
アクセスランキング
会員登録""",
    title="市営バスの夜間便が来月から増える",
    begins="市は９日、市営バスの夜間便を",
    ends="広げるかどうかを決める。",
    excludes=("駐輪場", "会員登録"),
    published=("2024年2月9日 18時30分",),
    language="ja",
)

# Right to left, tags as items under a heading.
ARABIC = Dump(
    text="""الرئيسية
أخبار
رياضة
البلدية تبدأ ترميم السوق القديم بعد العيد

نشر في: 2023-06-21 14:05

أعلنت البلدية يوم الأربعاء أنها ستبدأ ترميم السوق القديم بعد عطلة العيد مباشرة، وقالت إن الأعمال ستستمر ثمانية أشهر وستشمل السقف والأبواب الخشبية.

وقال أحد التجار إن المحال لن تغلق خلال فترة العمل، لكنه طلب من البلدية أن تؤمن مواقف للسيارات قرب المدخل الشمالي.

وتقدر كلفة المشروع بنحو مليوني دينار تدفعها الوزارة والبلدية معا على مدى عامين.

وسوم
• السوق القديم
• البلدية
اقرأ أيضا
افتتاح حديقة جديدة على ضفة النهر""",
    title="البلدية تبدأ ترميم السوق القديم بعد العيد",
    begins="أعلنت البلدية يوم الأربعاء",
    ends="على مدى عامين.",
    excludes=("حديقة", "الرئيسية"),
    tags=("السوق القديم", "البلدية"),
    published=("2023-06-21 14:05",),
    language="ar",
)

# A transcript: every paragraph begins with a speaker, a question may be short.
SPANISH = Dump(
    text="""Transcripción de la rueda de prensa sobre el corte de agua en el valle

3 de octubre de 2023

PREGUNTA: Buenos días. ¿Cuándo volverá el agua a los pueblos del valle, y qué harán las familias que no tienen depósito propio?

RESPUESTA: Buenos días. El servicio volverá el viernes por la noche si las obras siguen como hasta ahora. Hasta entonces hay camiones cisterna en las tres plazas principales, y hemos pedido dos más a la provincia.

PREGUNTA: ¿Quién paga?

RESPUESTA: La empresa de aguas, como dice el contrato. No habrá ningún recargo en la factura de los vecinos, y quien haya comprado agua embotellada puede presentar el recibo en el ayuntamiento hasta el 20 de octubre.""",
    title="Transcripción de la rueda de prensa sobre el corte de agua en el valle",
    begins="PREGUNTA: Buenos días.",
    ends="hasta el 20 de octubre.",
    excludes=(),
    published=("3 de octubre de 2023",),
    language="es",
)

# A consent wall above, two authors, a caption with its credit, an offer below.
FRENCH = Dump(
    text="""Avec votre accord, nos partenaires et nous utilisons des cookies pour mesurer l'audience et afficher de la publicité. Vous pouvez retirer votre consentement à tout moment.
Accepter
Le marché couvert rouvre après deux ans de travaux

Par Jeanne Exemple et Paul Modèle
Publié le 12 avril 2024 à 07h30

Les halles du marché ce jeudi matin. Photo : P. Modèle

Après deux ans de travaux, le marché couvert a rouvert ses portes jeudi matin devant plusieurs centaines d'habitants. Quarante commerçants ont retrouvé leur place sous la verrière, entièrement refaite.

La mairie a dépensé six millions d'euros pour ce chantier, soit un million de plus que prévu. « Nous voulions garder la charpente d'origine », explique l'architecte, qui salue la patience des riverains.

Le marché sera désormais ouvert six jours sur sept, et un samedi par mois jusqu'à minuit.

Inscrivez-vous à notre newsletter
À lire aussi
Le parking souterrain ouvrira en mai""",
    title="Le marché couvert rouvre après deux ans de travaux",
    begins="Après deux ans de travaux",
    ends="jusqu'à minuit.",
    excludes=("cookies", "Photo", "parking", "newsletter"),
    authors=("Jeanne Exemple", "Paul Modèle"),
    published=("12 avril 2024 à 07h30",),
    language="fr",
)

DUMPS = {
    name.lower(): dump
    for name, dump in list(globals().items())
    if isinstance(dump, Dump) and name.isupper()
}


@pytest.mark.parametrize("name", DUMPS)
def test_finds_the_article(name: str) -> None:
    dump = DUMPS[name]
    found = extract_text_dump(dump.text, ORIGIN)
    assert found.refusal is None
    assert found.title == dump.title
    assert found.text.startswith(dump.begins)
    assert found.text.endswith(dump.ends)
    assert [part for part in dump.excludes if part in found.text] == []
    assert found.authors == dump.authors
    assert found.tags == dump.tags
    assert found.language == dump.language


@pytest.mark.parametrize("name", DUMPS)
def test_tells_the_article_s_date_from_the_others(name: str) -> None:
    dump = DUMPS[name]
    found = extract_text_dump(dump.text, ORIGIN)
    published = [clue.text for clue in found.dates if clue.kind is DateKind.PUBLISHED]
    assert published == list(dump.published)
