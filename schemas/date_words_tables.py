"""Tables of words in printed dates that CLDR does not have; all in lower case.

What CLDR has stands in date_words.json. Here: other spellings that newsrooms print, calendars other
than the Gregorian, the labels around a date, the words between its parts, time zones.
"""

# Spellings beside CLDR's: (month, language, words). Levantine and Maghreb Arabic, dialects of
# German and Spanish, Latvian and Georgian cases, older Hindi, Kurdish.
MORE_MONTHS: tuple[tuple[int, str, str], ...] = (
    (1, "de", "jänner jän"), (2, "de", "feber"), (3, "de", "maerz mrz mär"), (9, "en", "sept"),
    (9, "es", "septiembre setiembre set"), (9, "fr", "sept"), (1, "ar", "جانفي"),
    (2, "ar", "فيفري فبرایر"), (4, "ar", "أفريل ابريل إبريل"), (5, "ar", "ماي أيار ايار"),
    (6, "ar", "جوان حزيران"), (7, "ar", "جويلية تموز"), (8, "ar", "أوت آب اغسطس"),
    (9, "ar", "أيلول ايلول شتنبر"), (10, "ar", "اكتوبر"), (11, "ar", "نونبر"),
    (12, "ar", "دجنبر"), (3, "ar", "آذار اذار"), (4, "ar", "نيسان"), (2, "ar", "شباط"),
    (7, "ar", "يوليوز"), (8, "ar", "غشت"),
    (1, "az-Cyrl", "јанвар"), (2, "az-Cyrl", "феврал"), (4, "az-Cyrl", "апрел"),
    (5, "az-Cyrl", "мај"), (6, "az-Cyrl", "ијун"), (7, "az-Cyrl", "ијул"),
    (9, "az-Cyrl", "сентјабр"), (10, "az-Cyrl", "октјабр"), (11, "az-Cyrl", "нојабр"),
    (1, "ka", "იანვარს"), (2, "ka", "თებერვალს"), (3, "ka", "მარტს"), (4, "ka", "აპრილს"),
    (5, "ka", "მაისს"), (6, "ka", "ივნისს"), (7, "ka", "ივლისს"), (8, "ka", "აგვისტოს"),
    (9, "ka", "სექტემბერს"), (10, "ka", "ოქტომბერს"), (11, "ka", "ნოემბერს"),
    (12, "ka", "დეკემბერს"), (1, "lv", "janvārī"), (2, "lv", "februārī"), (3, "lv", "martā"),
    (4, "lv", "aprīlī"), (5, "lv", "maijā"), (6, "lv", "jūnijā"), (7, "lv", "jūlijā"),
    (8, "lv", "augustā"), (9, "lv", "septembrī"), (10, "lv", "oktobrī"), (11, "lv", "novembrī"),
    (12, "lv", "decembrī"), (1, "hy", "հունվարին"), (1, "uz", "yanv"), (2, "uz", "fevr"),
    (9, "uz", "sent"), (1, "uk", "січ"), (3, "uk", "берез"), (5, "uk", "трав"),
    (8, "uk", "серп"), (11, "uk", "листоп"),
    (3, "pt", "marco"), (5, "el", "μαϊου"), (9, "hi", "सितम्बर"), (10, "hi", "अक्तूबर"),
    (11, "hi", "नवम्बर"), (12, "hi", "दिसम्बर"), (6, "nb", "jun"),
    (7, "nb", "jul"), (12, "nb", "des"), (8, "tl", "agosto"),
    (3, "ku", "adar"), (4, "ku", "nîsan"), (1, "ku", "rêbendan"), (2, "ku", "reşemî"),
    (5, "ku", "gulan"), (6, "ku", "hezîran"), (7, "ku", "tîrmeh"), (8, "ku", "tebax"),
    (9, "ku", "îlon"), (10, "ku", "cotmeh"), (11, "ku", "mijdar"), (12, "ku", "berfanbar"),
    # The genitive, as in "2023-cü ilin mayın 5-də" and "2023ko maiatzaren 5a".
    (1, "az", "yanvarın"), (2, "az", "fevralın"), (3, "az", "martın"), (4, "az", "aprelin"),
    (5, "az", "mayın"), (6, "az", "iyunun"), (7, "az", "iyulun"), (8, "az", "avqustun"),
    (9, "az", "sentyabrın"), (10, "az", "oktyabrın"), (11, "az", "noyabrın"),
    (12, "az", "dekabrın"),
    (1, "eu", "urtarrilaren"), (2, "eu", "otsailaren"), (3, "eu", "martxoaren"),
    (4, "eu", "apirilaren"), (5, "eu", "maiatzaren"), (6, "eu", "ekainaren"),
    (7, "eu", "uztailaren"), (8, "eu", "abuztuaren"), (9, "eu", "irailaren"),
    (10, "eu", "urriaren"), (11, "eu", "azaroaren"), (12, "eu", "abenduaren"),
)  # fmt: skip

# Names of two words, joined by one space.
MORE_MONTH_PHRASES: tuple[tuple[int, str, str], ...] = (
    (1, "ar", "كانون الثاني"), (10, "ar", "تشرين الأول"), (10, "ar", "تشرين الاول"),
    (11, "ar", "تشرين الثاني"), (12, "ar", "كانون الأول"), (12, "ar", "كانون الاول"),
    (1, "ckb", "کانوونی دووەم"), (10, "ckb", "تشرینی یەکەم"), (11, "ckb", "تشرینی دووەم"),
    (12, "ckb", "کانوونی یەکەم"),
)  # fmt: skip

# Solar Hijri months: Iran's (with Arabic-keyboard spellings), Afghanistan's in Dari.
SOLAR_HIJRI_MONTHS: tuple[tuple[str, ...], ...] = (
    ("فروردین", "فروردين", "حمل", "farvardin"), ("اردیبهشت", "ارديبهشت", "ثور", "ordibehesht"),
    ("خرداد", "جوزا", "khordad"), ("تیر", "تير", "سرطان"), ("مرداد", "امرداد", "اسد", "mordad"),
    ("شهریور", "شهريور", "سنبله", "shahrivar"), ("مهر", "میزان"), ("آبان", "ابان", "عقرب"),
    ("آذر", "قوس"), ("دی", "دي", "جدی"), ("بهمن", "دلو", "bahman"), ("اسفند", "حوت", "esfand"),
)  # fmt: skip

# Lunar Hijri months in Arabic, Persian and Urdu spelling and in the usual transliterations.
HIJRI_MONTHS: tuple[tuple[str, ...], ...] = (
    ("محرم", "المحرم", "muharram", "muharrem"), ("صفر", "safar", "safer"),
    ("ربيع الأول", "ربيع الاول", "ربیع الاول", "rabi al-awwal", "rabi' al-awwal", "rabi i"),
    ("ربيع الآخر", "ربيع الثاني", "ربیع الثانی", "rabi al-thani", "rabi' al-thani", "rabi ii"),
    ("جمادى الأولى", "جمادى الاولى", "جمادی الاول", "جمادی‌الاول", "jumada al-awwal", "jumada i"),
    ("جمادى الآخرة", "جمادى الثانية", "جمادی الثانی", "jumada al-thani", "jumada ii"),
    ("رجب", "rajab", "recep"), ("شعبان", "sha'ban", "shaban", "shaaban", "şaban"),
    ("رمضان", "ramadan", "ramazan", "ramadhan"), ("شوال", "shawwal", "şevval"),
    ("ذو القعدة", "ذي القعدة", "ذوالقعدة", "ذیقعده", "dhu al-qi'dah", "dhul qadah", "zilkade"),
    ("ذو الحجة", "ذي الحجة", "ذوالحجة", "ذیحجه", "dhu al-hijjah", "dhul hijjah", "zilhicce"),
)  # fmt: skip

# Japanese eras and the Republic of China's: the Gregorian year of the era's year 1.
ERAS: dict[str, int] = {
    "令和": 2019, "平成": 1989, "昭和": 1926, "民國": 1912, "民国": 1912, "중화민국": 1912,
}  # fmt: skip
# What the Buddhist era of Thailand and Laos is ahead.
BUDDHIST_AHEAD = 543

# Zone abbreviations that mean one offset in news (minutes east of UTC).
ZONES: dict[str, int] = {
    "z": 0, "utc": 0, "gmt": 0, "tu": 0, "wet": 0, "west": 60, "cet": 60, "cest": 120, "mez": 60,
    "mesz": 120, "hnec": 60, "eet": 120, "eest": 180, "msk": 180, "мск": 180, "trt": 180,
    "sast": 120, "cat": 120, "eat": 180, "wat": 60, "edt": -240, "cdt": -300, "mdt": -360,
    "pdt": -420, "akst": -540, "akdt": -480, "hst": -600, "nst": -210, "ndt": -150, "adt": -180,
    "brt": -180, "brst": -120, "art": -180, "clt": -240, "pet": -300, "cot": -300, "jst": 540,
    "kst": 540, "hkt": 480, "sgt": 480, "myt": 480, "pht": 480, "wib": 420, "wita": 480,
    "wit": 540, "ict": 420, "pkt": 300, "npt": 345, "aest": 600, "aedt": 660, "acst": 570,
    "acdt": 630, "awst": 480, "nzst": 720, "nzdt": 780, "irst": 210, "azt": 240, "amt": 240,
    "get": 240,
}  # fmt: skip

# Abbreviations that name several zones: the IANA zones that they may mean. The outlet's decides.
AMBIGUOUS_ZONES: dict[str, tuple[str, ...]] = {
    "ist": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "bst": ("Europe/London", "Asia/Dhaka"),
    "cst": ("America/Chicago", "Asia/Shanghai", "Asia/Taipei", "America/Havana"),
    "est": ("America/New_York", "America/Jamaica", "Australia/Sydney"),
    "mst": ("America/Denver", "America/Phoenix", "Asia/Kuala_Lumpur"),
    "pst": ("America/Los_Angeles", "Asia/Manila", "Asia/Karachi"), "gst": ("Asia/Dubai",),
    "ast": ("America/Halifax", "America/Puerto_Rico", "Asia/Riyadh"),
    "et": ("America/New_York",), "ct": ("America/Chicago",), "mt": ("America/Denver",),
    "pt": ("America/Los_Angeles",),
}  # fmt: skip

# What an ambiguous abbreviation means where nothing else tells: North American press style (AP).
US_ZONES: dict[str, int] = {
    "est": -300, "cst": -360, "mst": -420, "pst": -480,
}  # fmt: skip

# Labels before a date, by what they say that it is the date of.
PUBLISHED_LABELS = (
    "published", "published on", "published at", "publication date", "date published", "posted",
    "posted on", "posted at", "issued", "issued on", "release date", "released", "date", "time",
    "first published", "originally published", "created", "written", "uploaded", "pub date",
    "veröffentlicht", "veröffentlicht am", "erstellt", "erstellt am", "erschienen", "datum",
    "publiziert", "publiziert am", "publié", "publié le", "mis en ligne", "mis en ligne le",
    "paru le", "date de publication", "publicado", "publicado el", "publicado em", "fecha",
    "fecha de publicación", "creado", "data", "data de publicação", "postado em", "pubblicato",
    "pubblicato il", "pubblicato in", "data di pubblicazione", "gepubliceerd", "gepubliceerd op",
    "geplaatst", "geplaatst op", "publicatiedatum", "publicat", "publicat el", "data publicării",
    "publicat la", "publicat pe", "publicerad", "publicerat", "skapad", "publisert", "udgivet",
    "offentliggjort", "julkaistu", "avaldatud", "publicēts", "paskelbta", "birt", "birtist",
    "útgefið", "opublikowano", "opublikowany", "data publikacji", "dodano", "data dodania",
    "utworzono", "publikováno", "zveřejněno", "vydáno", "zverejnené", "publikované",
    "objavljeno", "objavljen", "közzétéve", "megjelent", "megjelenés", "létrehozva", "publikuar",
    "botuar më", "yayınlanma", "yayınlanma tarihi", "yayın tarihi", "giriş", "giriş tarihi",
    "eklenme tarihi", "tarih", "oluşturulma", "dərc olunub", "dərc edilib", "tarix",
    "yayımlanıb", "yayımlanma tarixi", "опубликовано", "дата публикации", "дата", "размещено",
    "добавлено", "создано", "опубліковано", "дата публікації", "додано", "апублікавана",
    "публикувано", "публикувана на", "објављено", "објавено", "объявлено", "жарияланған",
    "жарияланды", "жарыяланды", "чоп этилган", "e'lon qilindi", "e'lon qilingan", "chop etilgan",
    "нашр шуд", "нийтэлсэн", "огноо", "δημοσίευση", "δημοσιεύτηκε", "δημοσιεύθηκε", "ημερομηνία",
    "ημερομηνία δημοσίευσης", "გამოქვეყნდა", "გამოქვეყნებულია", "თარიღი", "հրապարակվել է",
    "հրապարակված է", "ամսաթիվ", "نشر", "نشر في", "نُشر", "تاريخ النشر", "التاريخ", "نشرت في",
    "انتشار", "تاریخ انتشار", "تاریخ", "زمان انتشار", "اشاعت", "شائع", "پوسٹ", "تاریخ اشاعت",
    "خپرېدو نېټه", "פורסם", "פורסם ב", "תאריך", "प्रकाशित", "प्रकाशन तिथि", "पब्लिश्ड", "প্রকাশ",
    "প্রকাশিত", "প্রকাশের সময়", "வெளியிடப்பட்டது", "ప్రచురించబడింది", "പ്രസിദ്ധീകരിച്ചത്", "ಪ್ರಕಟಿತ",
    "પ્રકાશિત", "ਪ੍ਰਕਾਸ਼ਿਤ", "เผยแพร่", "เผยแพร่เมื่อ", "วันที่", "โพสต์", "xuất bản", "đăng lúc",
    "ngày đăng", "diterbitkan", "dipublikasikan", "tayang", "terbit", "disiarkan", "inilathala",
    "ilichapishwa", "imechapishwa", "gepubliseer", "发布时间", "发布", "发表于", "發布時間",
    "發佈", "時間", "时间", "公開", "公開日", "掲載", "掲載日", "配信", "投稿日", "입력", "등록",
    "게시", "작성", "승인", "기사입력",
)  # fmt: skip
MODIFIED_LABELS = (
    "updated", "updated on", "updated at", "last updated", "last update", "last modified",
    "modified", "update", "revised", "edited", "last edited", "last changed", "aktualisiert",
    "aktualisiert am", "zuletzt aktualisiert", "geändert", "letzte änderung", "letztes update",
    "bearbeitet", "update vom", "mis à jour", "mis à jour le", "modifié le", "modifié",
    "mise à jour", "actualisé le", "maj", "actualizado", "actualizado el",
    "última actualización", "modificado", "atualizado", "atualizado em", "última atualização",
    "actualitzat", "aggiornato", "aggiornato il", "ultimo aggiornamento", "modificato il",
    "ultima modifica", "bijgewerkt", "bijgewerkt op", "laatste update", "gewijzigd",
    "actualizat", "ultima actualizare", "uppdaterad", "uppdaterat", "senast uppdaterad",
    "oppdatert", "sist oppdatert", "opdateret", "sidst opdateret", "päivitetty", "muokattu",
    "uuendatud", "atjaunots", "atnaujinta", "uppfært", "zaktualizowano", "aktualizacja",
    "zmieniono", "ostatnia aktualizacja", "aktualizováno", "aktualizované", "ažurirano",
    "posodobljeno", "izmenjeno", "frissítve", "frissült", "módosítva", "përditësuar",
    "güncelleme", "güncelleme tarihi", "son güncelleme", "güncellendi", "yenilənib", "yenilənmə",
    "son yenilənmə", "обновлено", "изменено", "последнее обновление", "оновлено", "змінено",
    "абноўлена", "обновена", "обновено", "актуализирана", "последна промяна", "ажурирано",
    "ажурирано на", "жаңартылған", "жаңыланды", "yangilandi", "yangilangan", "ενημέρωση",
    "τελευταία ενημέρωση", "ενημερώθηκε", "განახლდა", "განახლებულია", "թարմացվել է", "تحديث",
    "آخر تحديث", "عدل في", "تم التحديث", "به روز شده", "به‌روزرسانی", "آخرین به روز رسانی",
    "اپ ڈیٹ", "آخری اپ ڈیٹ", "עודכן", "עדכון אחרון", "अपडेट", "अपडेटेड", "आखरी अपडेट", "अद्यतन",
    "আপডেট", "হালনাগাদ", "சமீபத்திய புதுப்பிப்பு", "อัปเดต", "อัพเดท", "แก้ไขล่าสุด", "diperbarui",
    "dikemaskini", "imesasishwa", "更新时间", "更新時間", "最后更新", "最終更新", "最終更新日",
    "수정", "최종수정", "업데이트", "更新", "cập nhật",
)  # fmt: skip
# Of other days: an event's, a deadline, somebody's life.
OTHER_LABELS = (
    "born", "died", "event date", "deadline", "opening", "starts", "ends", "valid until",
    "joined", "member since", "registered", "copyright", "©", "accessed", "retrieved",
    "last visit", "expires", "geboren", "gestorben", "beginn", "ende", "gültig bis",
    "mitglied seit", "dabei seit", "abgerufen", "abgerufen am", "anmeldeschluss",
    "einsendeschluss", "termin", "né le", "inscrit le", "consulté le",
)  # fmt: skip
# Of a printed issue.
PRINT_LABELS = (
    "print edition", "in print", "issue", "printausgabe", "print-ausgabe", "erschienen in",
    "ausgabe", "aus der ausgabe", "zeitung vom", "a version of this article appears in print",
    "édition du", "édition papier", "edición impresa", "edizione cartacea", "papieren editie",
    "druckausgabe",
)  # fmt: skip

# Words between a date and its time, and around both on a line of their own.
CONNECTORS = (
    "at", "on", "um", "am", "ab", "gegen", "à", "a", "à las", "a las", "las", "às", "as", "alle",
    "ore", "ora", "om", "kl", "klo", "klokken", "o", "godz", "ob", "u", "в", "о", "във", "у",
    "saat", "saati", "στις", "και", "ώρα", "الساعة", "ساعت", "בשעה", "lúc", "jam", "pukul", "jm",
    "пр", "от", "de", "del", "di", "of", "the", "den", "der", "dem", "d", "m", "da", "do", "dos",
    "kello", "kel", "ur", "urą", "val", "plkst", "gada", "г", "года", "год", "р", "року", "годз",
    "год.", "уч", "ж", "թ", "թ.", "թվականի", "წ", "წელი", "il", "yil", "йил", "жыл", "жылы",
    "оны", "оноос", "ko", "m.", "เวลา", "น", "น.", "time", "uhr", "h", "hs", "hrs", "hours", "ч",
    "час", "часа", "ժ", "ժամը", "en", "el", "le", "les", "to", "and", "at:", "-", "–", "|", "/",
    "·", "•", ",", "stand", "von", "vom", "op", "em",
)  # fmt: skip
# Words between a day and its month: ordinal endings and prepositions.
AFTER_DAY = frozenset({
    "a", "ain", "an", "ci", "cu", "cü", "cı", "d", "da", "de", "del", "dem", "den", "der", "di",
    "el", "er", "i", "inci", "la", "le", "n", "na", "nci", "nd", "ng", "ngày", "nji", "of", "rd",
    "re", "st", "ta", "ta'", "th", "the", "tháng", "uncu", "ª", "º", "ème", "ère", "üncü", "ý",
    "ıncı", "в", "го", "е", "й", "нч", "сы", "ті", "шы", "ші", "я", "د", "من",
})  # fmt: skip
BEFORE_YEAR = frozenset({
    "a", "anul", "d", "da", "de", "del", "den", "der", "di", "do", "el", "g", "i", "in", "ng",
    "năm", "of", "ta", "ав", "л", "د", "سنة", "عام", "ค.ศ", "คศ", "พ.ศ", "พศ", "ພ.ສ",
})  # fmt: skip
AFTER_YEAR = frozenset({
    "e", "evi", "g", "gada", "god", "godine", "il", "jılı", "ko", "m", "yil", "г", "год", "года",
    "е", "ж", "жыл", "жылы", "жылғы", "йил", "оноос", "оны", "р", "року", "թ", "թվականի", "د",
    "წ", "წელი", "წლის",
    "cü", "cu", "cı", "ci", "ildə", "ilin",
})  # fmt: skip

# The language switch that some headers print beside their clock ("28 March 2024 / 22:36 RU").
LANGUAGE_SWITCHES = frozenset({
    "am", "ar", "arm", "az", "aze", "azərbaycanca", "by", "de", "en", "eng", "english", "es",
    "fa", "fr", "ge", "geo", "hy", "it", "ka", "kg", "kk", "ky", "kz", "ru", "rus", "tr", "ua",
    "uk", "ukr", "uz", "zh", "ру", "рус", "русский", "укр", "ўзб", "қаз", "հայերեն", "ქართული",
})  # fmt: skip

# Relative forms beside CLDR's: (words before the number, words after it, seconds of the unit).
MORE_AGO: tuple[tuple[str, str, int], ...] = (
    ("", "saniyə əvvəl", 1), ("", "dəqiqə əvvəl", 60), ("", "saat əvvəl", 3600),
    ("", "gün əvvəl", 86400), ("", "həftə əvvəl", 604800), ("", "mins ago", 60),
    ("", "mins. ago", 60), ("", "hrs ago", 3600), ("", "hrs. ago", 3600),
    ("", "days ago", 86400), ("il y a", "h", 3600), ("il y a", "min", 60), ("vor", "std", 3600),
    ("vor", "stunden", 3600), ("vor", "tagen", 86400), ("vor", "minuten", 60),
    ("", "saat evvel", 3600), ("", "dakika evvel", 60), ("", "gün evvel", 86400),
    ("", "ore fa", 3600), ("", "godziny temu", 3600), ("", "godzin temu", 3600),
    ("", "дні тому", 86400), ("", "小时前", 3600), ("", "小時前", 3600), ("", "分鐘前", 60),
    ("", "天前", 86400), ("", "日前", 86400), ("", "時間前", 3600), ("", "分前", 60),
    ("", "시간 전", 3600), ("", "분 전", 60), ("", "일 전", 86400), ("منذ", "ساعات", 3600),
    ("منذ", "ساعة", 3600), ("منذ", "دقيقة", 60), ("منذ", "دقائق", 60), ("منذ", "أيام", 86400),
    ("منذ", "يوم", 86400),
)  # fmt: skip

# Parts of the day that CLDR has among its flexible periods: 0 before noon, 12 after it.
MORE_MERIDIEMS = {
    "a.m": 0, "a.m.": 0, "p.m": 12, "p.m.": 12, "am": 0, "pm": 12, "凌晨": 0, "清晨": 0, "早上": 0,
    "早晨": 0, "傍晚": 12, "晚上": 12, "晚间": 12,
}  # fmt: skip
