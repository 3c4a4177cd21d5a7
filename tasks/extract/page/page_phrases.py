"""What pages say when they are no article: declarations only."""

import re

# Whole titles of error pages and bot checks.
ERROR_TITLE = re.compile(
    r"^\W*(?:(?:http\s*)?(?:error\s*)?(?:40[0-9]|410|429|50[0-4])"
    r"(?:\W*(?:error|(?:page )?not found|forbidden|unauthori[sz]ed|gone|bad request"
    r"|too many requests"
    r"|bad gateway|(?:gateway|request) time-?out|internal server error|fehler|seite nicht gefunden"
    r"|service (?:temporarily )?unavailable|no encontrad[ao]|introuvable|non trovat[ao]))?"
    r"|(?:oops\W*\s*)?(?:the |this )?page (?:you requested )?(?:was |is |could |can )?(?:not"
    r"|n.t) (?:be )?(?:found|available|exist)"
    r"|not found|page not found|access (?:to this page )?(?:has been )?denied|forbidden"
    r"|unauthori[sz]ed"
    r"|just a moment\W*|attention required.{0,20}|are you (?:a robot|human)\W*|robot check"
    r"|security check"
    r"|service (?:temporarily )?unavailable|bad gateway|gateway time-?out|internal server error"
    r"|site (?:is )?(?:temporarily )?(?:unavailable|down)|under (?:maintenance|construction)"
    r"|error|oops\W*"
    r"|(?:die )?seite (?:wurde )?nicht gefunden|fehler|zugriff verweigert|wartungsarbeiten"
    r"|p[aá]gina n[aã]o encontrada|p[aá]gina no encontrada|pagina non trovata|page (?:introuvable"
    r"|non trouv[ée]e)"
    r"|pagina niet gevonden|siden (?:finnes|findes|ble|blev) ikke.{0,20}|sidan (?:kunde inte"
    r"|finns inte).{0,20}"
    r"|sivua ei löy(?:dy|tynyt)|nie znaleziono(?: strony)?|strona nie istnieje"
    r"|stránka nen[ií] nalezena"
    r"|страница не найдена|сторінку не знайдено|доступ запрещ[её]н|səhifə tapılmadı"
    r"|sayfa bulunamadı"
    r"|الصفحة غير موجودة|صفحه یافت نشد"
    r"|ページが見つかりません|页面不存在|找不到页面|페이지를 찾을 수 없습니다)"
    r"\W*(?:[|\-–—:].{0,40})?$",
    re.IGNORECASE,
)
# What an error page or a bot check tells its visitor.
ERROR_TEXT = re.compile(
    r"verify(?:ing)? (?:that )?you are (?:a )?human|checking your browser"
    r"|checking if the site connection"
    r"|unusual (?:traffic|activity) from your|enable javascript and cookies to continue"
    r"|you have been blocked|access denied|request (?:was )?blocked|complete the captcha|ray id:"
    r"|(?:page|article|story|content|url) (?:you (?:are|were) looking for|you requested)"
    r"|(?:page|url) (?:cannot|can.t|could not|couldn.t) be found|has been (?:moved or deleted"
    r"|removed or)"
    r"|(?:angeforderte|gesuchte) seite|la page (?:que vous|demandée)|la p[aá]gina (?:que"
    r"|solicitada)"
    r"|запрашиваемая страница|страница (?:не найдена|удалена)",
    re.IGNORECASE,
)

CONSENT_TEXT = (
    re.compile(r"\b(?:cookies?|cookie-policy|куки|çerez)\b", re.IGNORECASE),
    re.compile(
        r"\b(?:consent|einwilligung|zustimm\w+|consentement|consentimiento|consentimento|consenso"
        r"|toestemming|samtycke|samtykke|zgod[aęy]|согласи[ея])\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:our|unsere[nr]?|nos|nuestros|nossos|i nostri|onze) (?:\d+ )?"
        r"(?:partners?|partnern?|partenaires|socios|parceiros|partner|vendors)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:accept all|agree and|i agree|reject all|manage (?:preferences|options|settings)"
        r"|alle akzeptieren|akzeptieren und|tout accepter|aceptar (?:todo|y)|accetta tutto"
        r"|alles accepteren"
        r"|privacy (?:policy|settings|choices)|datenschutz\w*|personal data|personenbezogene\w*"
        r"|données personnelles|datos personales|dati personali)\b",
        re.IGNORECASE,
    ),
)

PAYWALL_TEXT = re.compile(
    r"\b(?:subscribe (?:now |today )?to (?:read|continue|unlock)|subscribers? only|for subscribers"
    r"|(?:log|sign) in to (?:read|continue)|to (?:read|continue reading) (?:the|this) (?:full"
    r"|rest|article)"
    r"|already a subscriber|unlock (?:this|the) (?:article|story)|this (?:article"
    r"|content) is (?:reserved|for)"
    r"|weiterlesen mit|jetzt (?:abo|abonnieren|weiterlesen)|abonnenten|\w*plus-artikel|exklusiv für"
    r"|réservée? (?:à nos|aux) abonnés|il vous reste|article réservé"
    r"|exclusivo para (?:suscriptores|assinantes)"
    r"|s[oó]lo para suscriptores|contenuto riservato|riservato agli abbonati|alleen voor abonnees"
    r"|for abonnenter|kun for abonnenter|bli abonnent|för prenumeranter|tylko dla prenumeratorów"
    r"|dla subskrybentów|только для подписчиков|доступно по подписке)\b"
    r"|会員限定|有料会員|続きを読む|유료회원",
    re.IGNORECASE,
)
# What a page says whose content a script would have brought.
SHELL_TEXT = re.compile(
    r"(?:enable|activate|turn on|requires?|needs?|without) javascript|javascript (?:is|to be"
    r"|must be|muss)"
    r"|javascript (?:aktivieren|deaktiviert|désactivé|desactivado)|please enable js"
    r"|включите javascript"
    r"|^\W*(?:loading|wird geladen|chargement|cargando|carregando|caricamento|загрузка|yüklənir"
    r"|読み込み中)\W*$",
    re.IGNORECASE | re.MULTILINE,
)
