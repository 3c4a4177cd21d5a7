"""What pages say around an article, in the words they use for it: declarations only."""

import re

# Class names, as templates write them; they are English on localized sites too.
CAPTION_CLASS = re.compile(
    r"caption|photo-?credit|image-?credit|img-?credit|picture-?credit|media-?credit|image__credit"
    r"|bildunterschrift|bildnachweis|imagecopyright|copyright|image-source|photo-info",
    re.IGNORECASE,
)
PROMOTION_CLASS = re.compile(
    r"newsletter|subscri(?:be|ption)|signup|sign-up|paywall-?(?:box|banner|teaser)|app-?promo"
    r"|donat(?:e|ion)|read-?more|readmore|related|recirc|recommend|also-?read|most-?read"
    r"|promo(?:\b|_|-)|inline-?teaser|trending",
    re.IGNORECASE,
)
LEAD_CLASS = re.compile(
    r"(?:^|[\s_-])(?:lead|lede|standfirst|dek|deck|sub-?headline|sub-?head(?:ing)?|sub-?title"
    r"|subtitulo|summary|excerpt|intro|introduction|vorspann|anrei(?:ss|ß)er|chapo|chapeau"
    r"|entradilla|sumario|bajada|copete|sommario|occhiello|ingress|manchet|abstract|description"
    r"|strapline|preamble|lid|teaser)"
    r"(?:[_-]*(?:text|txt|paragraph|p|copy|content))?(?:$|\s)",
    re.IGNORECASE,
)

# A line that names who made or owns a picture.
CREDIT_LINE = re.compile(
    r"(?:\(?(?:image|photo|picture|photograph|photos|pic|foto|fotos|bild|imagen|imagem|immagine"
    r"|kuva|zdjęcie|фото|şəkil|fotoğraf|写真|사진)"
    r"(?:\s+(?:credit|credits|by|courtesy|courtesy of|source|copyright|von|de|di|par))?\s*[:©/|]"
    r"|©|\(c\)\s|(?:getty images|ap photo|afp photo)\b)",
    re.IGNORECASE,
)
