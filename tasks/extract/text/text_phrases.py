"""What pages say around an article, in the words they use for it: declarations only."""

import re

# Class names, as templates write them; they are English on localized sites too.
CAPTION_CLASS = re.compile(
    r"caption|photo-?credit|image-?credit|img-?credit|picture-?credit|media-?credit|image__credit"
    r"|bildunterschrift|bildnachweis|imagecopyright|copyright|image-source|photo-info",
    re.IGNORECASE,
)
# Containers of readers' comments: the plural, or a word for the container behind the singular.
COMMENTS_CLASS = re.compile(
    r"(?:^|[\s_-])(?:comments|commentlist|comment-?(?:list|section|area|thread|box|wrapper|form)"
    r"|disqus(?:[_-]thread)?|kommentare|kommentarer|kommentarbereich|comentarios|coment[aá]rios"
    r"|commentaires|commenti|reacties|opmerkingen|yorumlar|komentarze|komentarzy|komentari"
    r"|komentarii|komentare|komentarai|komentare|koment[aá]ře|hozzaszolasok|kommentit|kommentaarid"
    r"|comentarii|sxolia|binhluan|binh-luan|komentar-pembaca)(?:$|[\s_-](?!(?:open|closed|off|on)\b))",
    re.IGNORECASE,
)
PROMOTION_CLASS = re.compile(
    r"(?<![a-z])(?:newsletters?|subscri(?:be|ption)s?|sign-?up|paywall-?(?:box|banner|teaser)"
    r"|app-?promo|donat(?:e|ion)s?|line-clamp|pull-?quotes?|promos?|inline-?teasers?)(?![a-z])",
    re.IGNORECASE,
)
RELATED_CLASS = re.compile(
    r"(?<![a-z])(?:read-?more|related|recirc(?:ulation)?|recommend(?:ed|s|ations?)?|also-?read"
    r"|most-?read|trending)(?![a-z])",
    re.IGNORECASE,
)
# A picture beside text, as in "text-image", is no picture.
TEXT_CLASS = re.compile(r"(?:^|[\s_-])(?:text|txt|content|body|copy)(?:$|[\s_-])", re.IGNORECASE)
PICTURE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:image|img|photo|picture|figure|gallery|slideshow)(?:$|[\s_-])", re.IGNORECASE
)
# Boxes around an article that hold sentences, by the words of their names.
FURNITURE_CLASS = re.compile(
    r"(?<![a-z])(?:captions?|credits?|copyrights?|bio|biography|authors?|bylines?|meta|newsletter"
    r"|promo|related|comments?|footer|cookies?|consent|gdpr|disclaimer|legal|audio|audioplayer"
    r"|player|share|sharing|social|tooltip|hidden|invisible|d-none|sr-only|screen-reader|visually"
    r"|modal|popup|overlay|banner|teasers?|cards?|alert|error|success|affiliate|note|notice"
    r"|subscri(?:be|ption)|sign-?up|donat(?:e|ion)|sidebar|widgets?|menu|nav|navigation|breadcrumbs?"
    r"|ads?|advert|advertisement|sponsor(?:ed)?|recommend(?:ed|ations?)|mediainfo|gallery|summary"
    r"|paywall-(?:box|banner|teaser))(?![a-z])",
    re.IGNORECASE,
)
LEAD_CLASS = re.compile(
    r"(?:^|[\s_-])(?:lead|lede|standfirst|dek|deck|sub-?headline|sub-?head(?:ing)?|sub-?title"
    r"|subtitulo|summary|excerpt|intro|introduction|vorspann|anrei(?:ss|ß)er|chapo|chapeau"
    r"|entradilla|sumario|bajada|copete|sommario|occhiello|ingress|manchet|abstract|description"
    r"|strapline|preamble|lid|teaser)"
    r"(?:[_-]*(?:text|txt|paragraph|p|copy|content))?(?:$|\s|_+[a-z]*\d)",
    re.IGNORECASE,
)

# A line that names who made or owns a picture.
CREDIT_LINE = re.compile(
    r"(?:\(?(?:image|photo|picture|photograph|photos|pic|foto|fotos|foto\(s\)|bild|imagen|imagem|immagine"
    r"|kuva|zdjęcie|фото|şəkil|fotoğraf|写真|사진)"
    r"(?:\s+(?:credit|credits|by|courtesy|courtesy of|source|copyright|von|de|di|par))?\s*[:©/|]"
    r"|©|\(c\)\s|(?:getty images|ap photo|afp photo)\b)",
    re.IGNORECASE,
)

# Whole lines that announce or operate something: related stories, sharing, comments, summaries.
_LABELS = (
    r"read more|read also|also read|read next|more on this|related(?: (?:articles?|stories|topics"
    r"|content|news))?"
    r"|recommended(?: (?:videos|reading|stories))?|don.t miss|see also|see more|watch more|trending"
    r"|most (?:read|popular)|advertisement|advertising|sponsored|article content"
    r"|story continues below"
    r"|continue reading|share(?: this)?(?: (?:article|story|post))?|print(?: article)?"
    r"|order reprints"
    r"|(?:\d+ )?(?:comments?|kommentare?|commentaires?|comentarios)|leave a (?:comment|reply)"
    r"|tags?|topics?|keywords?|follow us|embed|live ?blog|faq"
    r"|save article|listen(?: to article)?|explore further|sorry!|thank you"
    r"|lesen sie auch|lesen sie mehr|mehr zum thema|auch interessant|anzeige|werbung|teilen|merken"
    r"|drucken|kommentare?|schlagworte|themen|newsletter|ähnliche(?: artikel)?|hauptinhalt"
    r"|weiterlesen"
    r"|lire aussi|à lire aussi|lire plus|lire la suite|sur le même sujet|publicité|partager"
    r"|commentaires?"
    r"|lea también|lee también|leer más|te puede interesar|noticias relacionadas|publicidad"
    r"|compartir"
    r"|comentarios|temas|etiquetas|leia também|leia mais|veja também|publicidade|compartilhar"
    r"|leggi anche|leggi tutto|ti potrebbe interessare|pubblicità|condividi|argomenti"
    r"|lees ook|lees meer|deel dit artikel|advertentie|czytaj więcej|czytaj także|zobacz (?:też"
    r"|także)"
    r"|przeczytaj także|reklama|udostępnij|les også|les mer|læs også|læs mere|läs också|läs mer"
    r"|annons|annonse|lue myös|mainos|čtěte také|přečtěte si|čítajte aj|olvasta már\??"
    r"|читайте также|читать также|подробнее|реклама|поделиться|по теме|теги|комментарии"
    r"|читайте також|поділитися|oxuyun|həmçinin oxuyun|paylaş|reklam|ayrıca okuyun|ilgili haberler"
    r"|devamını oku|etiketler|yorumlar|اقرأ أيضا|اقرأ المزيد|مواضيع ذات صلة|بیشتر بخوانید"
    r"|関連記事|関連キーワード|関連ニュース|おすすめ情報|あわせて読みたい|相关新闻|相关阅读|延伸阅读"
    r"|分享让更多人看到|評論|评论|关注|관련기사|baca juga|selengkapnya|xem thêm"
)
LABEL_LINE = re.compile(rf"[■▶►【\[(]?\s*(?:{_LABELS})\s*[】\])]?\s*[:：|>»…]*", re.IGNORECASE)

# Lines that ask the reader to sign up, subscribe, follow, download or pay.
PROMOTION_LINE = re.compile(
    r"\b(?:sign(?:ing)? up|subscribe|register|get) (?:for|to|now|here|our|the)\b.{0,80}"
    r"\b(?:newsletter|emails?|inbox|alerts|updates|podcast|morning review|channel)\b"
    r"|\bnewsletter\b.{0,60}\b(?:sign up|subscribe|inbox|anmelden|abonnieren|bestellen|abonnez)"
    r"|\b(?:zum|unseren?|den|täglichen) [\w-]*newsletter\b"
    r"|\bdelivered (?:straight )?to your inbox\b"
    r"|\bin your inbox\b|\bclick here to (?:subscribe|sign up|get|download)\b"
    r"|\bfollow (?:us|.{2,40}) on (?:twitter|x|facebook|instagram|tiktok|google news|whatsapp)\b"
    r"|\b(?:download|get) (?:the|our) .{0,30}\bapp\b|\bnews-app\b"
    r"|\b(?:suscr[ií]bete|abónnez-vous|abonnez-vous|iscriviti|inscreva-se|подпишитесь|abunə olun)\b"
    r"|\bpaste(?:d)? to your clipboard\b|\bpersonal, non-?commercial use only\b"
    r"|\byou must (?:confirm|be logged in|log in|sign in)\b|\bplease (?:log ?out|log ?in|sign in)\b"
    r"|\bcomment policy\b|\bwould you like to comment\b|\bthis article has been sent\b"
    r"|\ban error (?:has )?occurred\b|\bthere was an error\b|\bthanks for signing up\b"
    r"|この記事は会員限定|無料で会員登録|会員向け記事",
    re.IGNORECASE,
)

# At least one of these is in each line that PROMOTION_LINE finds.
PROMOTION_WORDS = (
    "newsletter",
    "email",
    "inbox",
    "alerts",
    "updates",
    "podcast",
    "review",
    "channel",
    "click here",
    "follow",
    " app",
    "-app",
    "scr",
    "abonne",
    "iscriviti",
    "подпишитесь",
    "abunə",
    "clipboard",
    "personal",
    "you must",
    "please",
    "comment",
    "this article",
    "error",
    "signing up",
    "会員",
)

# Lines that close an article's frame without belonging to it.
TAIL_LINE = re.compile(
    r"^\W*(?:©|\(c\)|copyright\b)|\ball rights reserved\b|\balle rechte vorbehalten\b"
    r"|\btodos los derechos reservados\b|^our standards:|^(?:mit|with) (?:dpa|afp|reuters"
    r"|ap)\b.{0,40}$"
    r"|^(?:get in touch|contact us|email us|write to)\b|^for more stories\b|^more: "
    r"|^like this story\b"
    r"|\bhere at .{2,30}\bcomment guidelines\b|^_{2,}$|^[*•·–—-]+$",
    re.IGNORECASE,
)

# A line that is nothing but who wrote it.
BYLINE_LINE = re.compile(
    r"(?i:by|von|por|par|di|da|door|av|af|autor|text|texte|reporting by|written by|przez|автор"
    r"|müəllif)"
    r"\s*:?\s+(?:[A-ZÀ-ÞА-Я][\w.'’-]+[\s,&]*(?:and|und|y|et|e|en|og|och|i)?\s*){1,8}(?:[,"
    r"|].{0,40})?$"
)
# A line that is nothing but a time stamp and a word for it.
DATE_LINE = re.compile(
    r"^\D{0,25}\d{1,4}(?:\s*[./:-]\s*\d{1,4}|\.?\s+\w{3,12}\.?,?\s+\d{4}|,\s+\d{4}).{0,40}$"
    r"|^\w{0,12}\s*\d{4}年\d{1,2}月|^\d+ min(?:ute|uten|utes|\.)?\b.{0,20}$"
)
# A line of short items with the same mark between them: a menu that was printed as text.
MENU_LINE = re.compile(r"(?:[^•|·]{2,25}\s[•|·]\s){2,}[^•|·]{2,25}")
SENTENCE_END = re.compile(r"[.!?…。！？»”\"]\s*$")
