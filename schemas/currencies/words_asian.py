"""Arabic, Persian, Urdu, Hebrew, Hindi, Bengali, Marathi, Tamil, Nepali, Thai, Japanese, Chinese, Korean."""

from schemas.currencies.vocabulary import Vocabulary

AR = Vocabulary(
    decimal="",
    tail="",
    units="""
        dollar  دولار دولارا دولاراً دولارات دولارين دولاران بدولار الدولار
        EUR  يورو أورو اورو
        pound  جنيه جنيها جنيهاً جنيهات جنيهين
        GBP  جنيه_استرليني جنيه_إسترليني جنيهات_استرلينية جنيهات_إسترلينية جنيها_إسترلينيا باوند استرليني إسترليني
        EGP  ج.م. ج.م جنيه_مصري جنيها_مصريا
        LBP  ليرة_لبنانية
        SYP  ليرة_سورية
        lira  ليرة ليرات ليرتين
        JPY  ين
        CNY  يوان
        rupee  روبية روبيات
        rouble  روبل
        franc  فرنك فرنكا فرنكات
        krone  كرونة كرونات كرون
        peso  بيزو
        dinar  دينار دينارا ديناراً دنانير دينارين
        dirham  درهم درهما درهماً دراهم درهمين
        rial  ريال ريالا ريالاً ريالات ريالين
        manat  مانات
        KRW  وون
        shilling  شلن
        ILS  شيكل شيقل شواكل شيكلا شواقل
        GEL  لاري
        AMD  درام
        MRU  أوقية
        cent/100  سنت سنتا سنتاً سنتات سينت
        piastre/100  قرش قرشا قروش
        fils/1000  فلس فلسا فلوس
        SAR/100  هللة هللات
        OMR/1000  بيسة
        penny/100  بنس بنسات
    """,
    scales="""
        1e2  مئة مائة مئتي
        1e3  ألف الف آلاف الاف 1:ألف ألفا
        1e6  1:مليون ملايين مليونا مليونًا المليون
        1e9  1:مليار مليارات مليارا بليون 1:بليون المليار
        1e12  1:تريليون تريليون تريليونات ترليون
    """,
    numbers="""
        and  و
        point  فاصلة
        1  واحد واحدة
        2  اثنين اثنان
        3  ثلاثة ثلاث
        4  أربعة أربع
        5  خمسة خمس
        6  ستة ست
        7  سبعة سبع
        8  ثمانية ثماني
        9  تسعة تسع
        10  عشرة عشر
        20  عشرون عشرين
        30  ثلاثون ثلاثين
        40  أربعون أربعين
        50  خمسون خمسين
        60  ستون ستين
        70  سبعون سبعين
        80  ثمانون ثمانين
        90  تسعون تسعين
        200  مئتي مئتا مائتي
        2000  ألفي ألفا ألفين
        2000000  مليوني مليونا مليونين
        2000000000  ملياري مليارا مليارين
        0.5  نصف
    """,
    countries="""
        US  أمريكي أميركي أمريكية أميركية أمريكيا أميركيا امريكي اميركي
        GB  بريطاني استرليني إسترليني استرلينية إسترلينية استرلينيا إسترلينيا
        CH  سويسري سويسريا
        CA  كندي كنديا
        AU  أسترالي استرالي
        TR  تركية تركي
        RU  روسي روسيا
        EG  مصري مصريا مصرية
        LB  لبنانية لبناني
        SY  سورية سوري
        SD  سوداني سودانيا
        IQ  عراقي عراقيا
        JO  أردني أردنيا اردني أردنية
        KW  كويتي كويتيا كويتية
        BH  بحريني بحرينيا
        DZ  جزائري جزائريا
        TN  تونسي تونسيا
        LY  ليبي ليبيا
        MA  مغربي مغربيا
        AE  إماراتي إماراتيا اماراتي
        SA  سعودي سعوديا سعودية
        QA  قطري قطريا
        OM  عماني عمانيا
        YE  يمني يمنيا
        IR  إيراني إيرانيا ايراني
        IN  هندية
        PK  باكستانية
        SE  سويدية
        NO  نرويجية
        DK  دنماركية
        JP  ياباني
        CN  صيني
        AZ  أذربيجاني
    """,
    ranges="إلى الى حتى",
    range_openings="بين من",
    of="من",
    denominations="ورقة أوراق فئة",
)

FA = Vocabulary(
    decimal=".",
    units="""
        dollar  دلار دلاری
        EUR  یورو یورویی
        pound  پوند
        JPY  ین
        CNY  یوان
        rupee  روپیه
        rouble  روبل
        franc  فرانک
        krone  کرون
        dinar  دینار
        dirham  درهم
        rial  ریال ریالی
        IRR*10  تومان تومن تومانی
        lira  لیر لیره
        manat  منات
        AFN  افغانی
        AMD  درام
        cent/100  سنت
        penny/100  پنی
    """,
    scales="1e2  صد\n1e3  هزار\n1e6  میلیون\n1e9  میلیارد بیلیون\n1e12  تریلیون همت",
    numbers="and  و\n1  یک\n2  دو\n3  سه\n4  چهار\n5  پنج\n6  شش\n7  هفت\n8  هشت\n9  نه\n10  ده\n20  بیست\n30  سی\n40  چهل\n50  پنجاه\n60  شصت\n70  هفتاد\n80  هشتاد\n90  نود\n100  صد\n200  دویست\n500  پانصد\n0.5  نیم",
    countries="US  آمریکا امریکا آمریکایی\nGB  انگلیس استرلینگ بریتانیا\nCH  سوئیس\nCA  کانادا\nAU  استرالیا\nTR  ترکیه\nIQ  عراق\nAE  امارات\nIR  ایران\nIN  هند\nPK  پاکستان\nSE  سوئد\nNO  نروژ\nDK  دانمارک\nKW  کویت\nRU  روسیه\nCN  چین\nJP  ژاپن\nAZ  آذربایجان\nOM  عمان\nSA  سعودی",
    ranges="تا",
    range_openings="بین از",
    defaults="rial:IRR",
    denominations="اسکناس",
)

UR = Vocabulary(
    decimal=".",
    units="""
        rupee  روپے روپیہ روپیے روپوں
        dollar  ڈالر ڈالرز ڈالروں
        EUR  یورو
        pound  پاؤنڈ پاؤنڈز پونڈ
        JPY  ین
        CNY  یوان
        dirham  درہم
        rial  ریال
        dinar  دینار
        lira  لیرا
        AFN  افغانی
        cent/100  سینٹ
        paisa/100  پیسے پیسہ
    """,
    scales="1e2  سو\n1e3  ہزار\n1e5  لاکھ\n1e6  ملین\n1e7  کروڑ\n1e9  ارب بلین\n1e11  کھرب\n1e12  ٹریلین",
    numbers="and  اور\n1  ایک\n2  دو\n3  تین\n4  چار\n5  پانچ\n6  چھ\n7  سات\n8  آٹھ\n9  نو\n10  دس\n20  بیس\n50  پچاس\n0.5  آدھا\n1.5  ڈیڑھ\n2.5  ڈھائی",
    countries="US  امریکی\nPK  پاکستانی\nIN  بھارتی انڈین\nGB  برطانوی\nAU  آسٹریلوی\nSA  سعودی\nIR  ایرانی\nKW  کویتی\nTR  ترک",
    ranges="سے تا",
    defaults="rupee:PKR paisa:PKR",
)

HE = Vocabulary(
    decimal=".",
    units="""
        ILS  שקל שקלים שקלי ש"ח ש״ח שח ₪ שקל_חדש שקלים_חדשים
        ILS*1e3  אש״ח אש"ח אלש״ח
        ILS*1e6  מש״ח מש"ח מלש״ח משח מיליוןש״ח מלש"ח
        dollar  דולר דולרים
        EUR  אירו יורו
        pound  פאונד ליש"ט ליש״ט לירות לירה לירות_שטרלינג לירה_שטרלינג
        GBP  שטרלינג לירות_שטרלינג לירה_שטרלינג
        JPY  ין
        CNY  יואן
        rupee  רופי רופיות
        rouble  רובל רובלים
        franc  פרנק פרנקים
        krone  כתר! כתרים
        dinar  דינר דינרים
        dirham  דירהם
        rial  ריאל ריאלים
        peso  פזו
        lira  לירות_טורקיות
        cent/100  סנט סנטים
        ILS/100  אגורה אגורות
        penny/100  פני! פנס
    """,
    scales="1e2  מאה מאות\n1e3  אלף אלפי אלפים 1:אלף\n1e6  מיליון מיליוני 1:מיליון מליון מל'\n1e9  מיליארד 1:מיליארד מיליארדי\n1e12  טריליון",
    numbers="and  ו\npoint  נקודה\n1  אחד אחת\n2  שני שתי שניים שתיים\n3  שלושה שלוש שלושת\n4  ארבעה ארבע\n5  חמישה חמש חמשת\n6  שישה שש\n7  שבעה שבע\n8  שמונה\n9  תשעה תשע\n10  עשרה עשר\n20  עשרים\n30  שלושים\n40  ארבעים\n50  חמישים\n60  שישים\n70  שבעים\n80  שמונים\n90  תשעים\n200  מאתיים\n2000  אלפיים\n0.5  חצי",
    countries='US  אמריקאי אמריקאים אמריקני אמריקניים ארה״ב ארה"ב\nGB  שטרלינג בריטיות\nCH  שוויצרי שווייצריים שוויצרים\nCA  קנדי קנדיים\nAU  אוסטרלי אוסטרליים\nJO  ירדני ירדניים\nRU  רוסי\nTR  טורקיות\nKW  כוויתי',
    ranges="עד",
    range_openings="בין",
)

HI = Vocabulary(
    decimal=".",
    units="""
        rupee  रुपये रुपए रुपया रुपयों रूपये रूपए रुपयो रु.^ रु^ रुपैया
        dollar  डॉलर डालर डॉलरों
        EUR  यूरो
        pound  पाउंड पौंड पाउण्ड पाउंडों
        JPY  येन
        CNY  युआन
        rouble  रूबल रुबल
        franc  फ्रैंक फ़्रैंक फ्रांक फ्रेंक फ़्रांक
        krone  क्रोनर क्रोना क्रोन
        peso  पेसो
        dinar  दिनार दीनार
        dirham  दिरहम
        rial  रियाल
        lira  लीरा
        won  वॉन वोन
        BDT  टका
        THB  बात! बाट
        mark  मार्क अंक!
        GBP  स्टर्लिंग
        cent/100  सेंट सेंट्स
        paisa/100  पैसे पैसा
        penny/100  पेंस पेन्स पेनी
    """,
    scales="1e2  सौ\n1e3  हजार हज़ार\n1e5  लाख\n1e6  मिलियन\n1e7  करोड़ करोड करोड़\n1e9  अरब बिलियन\n1e11  खरब\n1e12  ट्रिलियन",
    numbers="and  और\npoint  दशमलव\n1  एक\n2  दो\n3  तीन\n4  चार\n5  पांच पाँच\n6  छह छः\n7  सात\n8  आठ\n9  नौ\n10  दस\n11  ग्यारह\n12  बारह\n13  तेरह\n15  पंद्रह\n20  बीस\n25  पच्चीस\n30  तीस\n40  चालीस\n45  पैंतालीस\n50  पचास\n60  साठ\n70  सत्तर\n75  पचहत्तर\n80  अस्सी\n90  नब्बे\n0.5  आधा आधे\n1.5  डेढ़\n2.5  ढाई",
    countries="US  अमेरिकी अमरीकी अमेरिकन यूएस\nIN  भारतीय\nPK  पाकिस्तानी\nGB  ब्रिटिश\nCH  स्विस\nCA  कनाडाई कैनेडियन कैनेडियाई\nAU  ऑस्ट्रेलियाई ऑस्ट्रेलियन\nCN  चीनी\nJP  जापानी\nHK  हांगकांग हॉन्गकॉन्ग हांग_कांग हॉंगकॉंग\nNZ  न्यूजीलैंड\nSG  सिंगापुर\nTR  तुर्की\nRU  रूसी\nNP  नेपाली\nLK  श्रीलंकाई\nFR  फ्रेंच\nKW  कुवैती\nDK  डेनिश\nSE  स्वीडिश\nNO  नॉर्वेजियन",
    ranges="से",
    defaults="rupee:INR paisa:INR",
    denominations="नोट नोटों सिक्का सिक्के",
)

NE = Vocabulary(
    decimal=".",
    units="rupee  रुपैयाँ रुपैयां रुपियाँ रुपैया रु^ रु.^ रुपियाँको\ndollar  डलर\nEUR  युरो\npound  पाउन्ड\ncent/100  सेन्ट\npaisa/100  पैसा",
    scales="1e2  सय\n1e3  हजार\n1e5  लाख\n1e6  मिलियन\n1e7  करोड\n1e9  अर्ब\n1e11  खर्ब",
    numbers="1  एक\n2  दुई\n3  तीन\n5  पाँच\n10  दश",
    countries="US  अमेरिकी\nIN  भारतीय भारु\nNP  नेपाली",
    ranges="देखि",
    defaults="rupee:NPR paisa:NPR",
)

MR = Vocabulary(
    decimal=".",
    units="rupee  रुपये रुपयांचा रुपयांची रुपयांचे रुपयांच्या रुपयांना रुपयांत रुपयांपर्यंत रुपया रुपयांनी रु.^ रु^\ndollar  डॉलर डॉलर्स\nEUR  युरो\npound  पाउंड पौंड\ncent/100  सेंट\npaisa/100  पैसे",
    scales="1e2  शे\n1e3  हजार\n1e5  लाख\n1e6  दशलक्ष\n1e7  कोटी\n1e9  अब्ज",
    numbers="1  एक\n2  दोन\n3  तीन\n4  चार\n5  पाच\n10  दहा",
    countries="US  अमेरिकन अमेरिकी\nIN  भारतीय",
    ranges="ते",
    defaults="rupee:INR paisa:INR",
)

BN = Vocabulary(
    decimal=".",
    tail=r"(?:র|য়|য়|তে|কে|ে|ের|রা|ও|ই|য)?",
    units="BDT  টাকা~\nrupee  রুপি~\ndollar  ডলার~\nEUR  ইউরো~\npound  পাউন্ড~\nJPY  ইয়েন ইয়েন\nCNY  ইউয়ান ইউয়ান\nMYR  রিঙ্গিত\nrial  রিয়াল রিয়াল\ndirham  দিরহাম\ndinar  দিনার\ncent/100  সেন্ট\npaisa/100  পয়সা পয়সা",
    scales="1e2  শ শত শো\n1e3  হাজার\n1e5  লাখ লক্ষ\n1e6  মিলিয়ন মিলিয়ন\n1e7  কোটি\n1e9  বিলিয়ন বিলিয়ন\n1e12  ট্রিলিয়ন ট্রিলিয়ন",
    numbers="and  ও\n1  এক\n2  দুই দু\n3  তিন\n4  চার\n5  পাঁচ\n6  ছয় ছয়\n7  সাত\n8  আট\n9  নয় নয়\n10  দশ\n20  বিশ কুড়ি\n50  পঞ্চাশ\n1.5  দেড়\n2.5  আড়াই",
    countries="US  মার্কিন\nIN  ভারতীয় ভারতীয়\nSA  সৌদি\nKW  কুয়েতি কুয়েতি",
    ranges="থেকে",
    defaults="rupee:INR paisa:BDT",
)

TA = Vocabulary(
    decimal=".",
    tail=r"(?:க்கு|க்கும்|ம்|கள்|களுக்கு|யை|ஐ|யின்|யில்|க்கான|ை|ின்|ில்|ான|ுக்கு)?",
    units="rupee  ரூபாய்~ ரூபா~ ரூ.^ ரூ^\ndollar  டாலர்~ டொலர்~\nEUR  யூரோ~\npound  பவுண்ட்~\ncent/100  சென்ட்\npaisa/100  பைசா~ காசு",
    scales="1e2  நூறு\n1e3  ஆயிரம் ஆயிரத்து\n1e5  லட்சம் லட்சத்து இலட்சம்\n1e6  மில்லியன்\n1e7  கோடி\n1e9  பில்லியன்",
    numbers="1  ஒரு ஒன்று\n2  இரண்டு\n3  மூன்று\n5  ஐந்து\n10  பத்து",
    countries="US  அமெரிக்க\nIN  இந்திய\nLK  இலங்கை",
    ranges="முதல்",
    defaults="rupee:INR",
)

TE = Vocabulary(
    decimal=".",
    units="rupee  రూపాయలు రూపాయల రూపాయలకు రూపాయి రూ.^ రూ^\ndollar  డాలర్లు డాలర్ల డాలర్\nEUR  యూరోలు యూరో\npaisa/100  పైసలు",
    scales="1e2  వందల\n1e3  వేలు వేల\n1e5  లక్షలు లక్షల లక్ష\n1e6  మిలియన్\n1e7  కోట్లు కోట్ల కోటి\n1e9  బిలియన్",
    numbers="1  ఒక\n2  రెండు\n3  మూడు\n5  ఐదు\n10  పది",
    countries="US  అమెరికన్\nIN  భారతీయ",
    defaults="rupee:INR",
)

TH = Vocabulary(
    decimal=".",
    units="""
        THB  บาท
        dollar  ดอลลาร์ ดอลล่าร์ เหรียญสหรัฐ เหรียญ
        USD  ดอลลาร์สหรัฐ ดอลลาร์สหรัฐฯ ดอลลาร์สรอ. เหรียญสหรัฐ ดอลลาร์อเมริกัน ดอลลาร์ฯ
        AUD  ดอลลาร์ออสเตรเลีย
        SGD  ดอลลาร์สิงคโปร์
        HKD  ดอลลาร์ฮ่องกง
        EUR  ยูโร
        pound  ปอนด์
        JPY  เยน
        CNY  หยวน
        KRW  วอน
        VND  ดอง
        LAK  กีบ
        MMK  จ๊าด
        MYR  ริงกิต
        IDR  รูเปียห์
        rupee  รูปี
        rouble  รูเบิล
        franc  ฟรังก์
        CHF  ฟรังก์สวิส
        THB/100  สตางค์
        cent/100  เซนต์
    """,
    scales="1e1  สิบ\n1e2  ร้อย\n1e3  พัน\n1e4  หมื่น\n1e5  แสน\n1e6  ล้าน\n1e12  ล้านล้าน",
    numbers="1  หนึ่ง เอ็ด\n2  สอง ยี่\n3  สาม\n4  สี่\n5  ห้า\n6  หก\n7  เจ็ด\n8  แปด\n9  เก้า\n0.5  ครึ่ง",
    ranges="ถึง",
)

_HAN_NUMBERS = """
        1  一 壱 壹
        2  二 两 兩 貳 贰 弐
        3  三 叁 参
        4  四 肆
        5  五 伍
        6  六 陸
        7  七 柒
        8  八 捌
        9  九 玖
        0  零 〇
"""
_HAN_SCALES = """
        1e1  1:十 1:拾
        1e2  1:百 1:佰
        1e3  1:千 1:仟
        1e4  1:万 1:萬
        1e8  億 亿
        1e12  兆 万亿 萬億
        1e6  1:百万 1:百萬
"""

JA = Vocabulary(
    decimal=".",
    units="""
        JPY  円 圓
        dollar  ドル 弗
        USD  米ドル アメリカドル USドル
        AUD  豪ドル オーストラリアドル
        CAD  カナダドル 加ドル
        HKD  香港ドル
        SGD  シンガポールドル
        NZD  NZドル ニュージーランドドル
        TWD  台湾ドル 台湾元 ニュー台湾ドル
        EUR  ユーロ
        pound  ポンド 英ポンド
        EGP  エジプトポンド
        yuan  元
        CNY  人民元 中国元 人民幣
        KRW  ウォン 韓国ウォン
        rupee  ルピー
        INR  インドルピー
        PKR  パキスタンルピー
        IDR  ルピア
        rouble  ルーブル
        franc  フラン
        CHF  スイスフラン スイス・フラン
        NGN  ナイラ
        GEL  ラリ
        UAH  フリブナ
        KZT  テンゲ
        PLN  ズウォティ
        HUF  フォリント
        krone  クローナ クローネ
        SEK  スウェーデンクローナ
        NOK  ノルウェークローネ
        DKK  デンマーククローネ
        peso  ペソ
        MXN  メキシコペソ
        PHP  フィリピンペソ
        lira  リラ
        TRY  トルコリラ
        ITL  イタリアリラ
        THB  バーツ
        VND  ドン
        MYR  リンギット リンギ
        mark  マルク
        BRL  レアル
        ZAR  ランド
        dinar  ディナール
        KWD  クウェートディナール
        dirham  ディルハム
        rial  リアル リヤル
        SAR  サウジアラビアリヤル サウジリヤル
        manat  マナト
        AZN  アゼルバイジャンマナト
        cent/100  セント
        penny/100  ペンス ペニー
        EUR/100  ユーロセント
        JPY/100  銭
    """,
    scales=_HAN_SCALES + "\n1e6  ミリオン\n1e9  ビリオン",
    numbers=_HAN_NUMBERS,
    ranges="から",
    denominations="札 硬貨 紙幣 玉",
    not_before="ドル:トムント 元:素 元:中 元:気 元:論 元:号 元:日 元:祖 元:首 元:老 元:化 元:管 元:的 元:旦 元:年 円:卓 円:形 円:周 円:筒 円:陣 円:熟",
    defaults="yen_yuan:JPY",
)

ZH = Vocabulary(
    decimal=".",
    units="""
        yuan  元 块! 块钱 塊錢 圆 圓
        CNY  人民币^ 人民幣^ 元人民币 元人民幣 块人民币
        USD  美元 美金 美圆 美圓 刀!
        AUD  澳元 澳大利亚元 澳币 澳幣
        CAD  加元 加拿大元 加币 加幣
        HKD  港元 港币^ 港幣^ 港圆 港纸
        SGD  新加坡元 新元 坡币 新币
        NZD  新西兰元 纽元 紐元 纽币
        TWD  新台币^ 新臺幣^ 新台幣^ 台币 台幣 臺幣
        EUR  欧元 歐元
        GBP  英镑 英鎊
        JPY  日元 日圆 日圓 日币
        KRW  韩元 韓元 韩圆 韓圜 韩币
        KPW  朝鲜元
        INR  卢比 盧比 印度卢比
        PKR  巴基斯坦卢比
        IDR  印尼盾 印尼卢比
        VND  越南盾
        RUB  卢布 盧布 俄罗斯卢布
        BYN  白俄罗斯卢布
        CHF  瑞士法郎 瑞郎
        franc  法郎
        FRF  法国法郎
        mark  马克 馬克
        krone  克朗
        SEK  瑞典克朗
        NOK  挪威克朗
        DKK  丹麦克朗
        THB  泰铢 泰銖
        MYR  马币 令吉 林吉特 馬幣
        PHP  菲律宾比索
        peso  比索
        lira  里拉
        TRY  土耳其里拉
        BRL  雷亚尔 巴西雷亚尔
        MOP  澳门元 澳門元 葡币
        AED  迪拉姆
        SAR  沙特里亚尔
        rial  里亚尔
        dinar  第纳尔
        KZT  坚戈
        ZAR  兰特
        ITL  意大利里拉
        cent/100  美分 分!
        USD/100  美分
        EUR/100  欧分
        jiao/10  角! 毛!
        CNY/100  分!
        GBP/100  便士
    """,
    scales=_HAN_SCALES,
    numbers=_HAN_NUMBERS + "and  又",
    ranges="至 到",
    defaults="yen_yuan:CNY",
    denominations="纸币 硬币 钞票",
    not_before="元:化 元:论 元:論 元:旦 元:年 元:素 元:首 元:老 元:宵 元:月 元:器 块:地 块:石 角:形 角:大 角:度 角:色 角:落 分:之 分:钟 分:鐘 分:球 分:重 分:数 分:析",
)

KO = Vocabulary(
    decimal=".",
    units="""
        KRW  원
        dollar  달러 딸러 불!
        USD  미국달러 미국_달러 미화 미달러
        AUD  호주달러 호주_달러 오스트레일리아_달러
        CAD  캐나다달러 캐나다_달러
        HKD  홍콩달러 홍콩_달러
        SGD  싱가포르달러 싱가포르_달러
        NZD  뉴질랜드달러 뉴질랜드_달러
        TWD  대만달러 대만_달러
        EUR  유로
        pound  파운드
        GBP  영국파운드 영국_파운드
        EGP  이집트_파운드
        JPY  엔 엔화 일본_엔
        CNY  위안 위안화 인민폐 중국_위안
        rupee  루피
        INR  인도_루피
        PKR  파키스탄_루피
        IDR  루피아
        rouble  루블
        franc  프랑
        CHF  스위스프랑 스위스_프랑
        GEL  라리
        CRC  콜론
        NLG  휠던
        FIM  핀란드_마르카
        UAH  흐리우냐
        KZT  텡게
        PLN  즈워티
        HUF  포린트
        NGN  나이라
        krone  크로나 크로네
        SEK  스웨덴_크로나
        NOK  노르웨이_크로네
        DKK  덴마크_크로네
        peso  페소
        MXN  멕시코_페소
        PHP  필리핀_페소
        lira  리라
        TRY  터키_리라 튀르키예_리라
        ITL  이탈리아_리라
        THB  바트
        VND  동! 베트남_동
        MYR  링깃
        mark  마르크
        BRL  헤알 레알
        ZAR  랜드
        dinar  디나르
        KWD  쿠웨이트_디나르
        dirham  디르함
        rial  리얄 리알
        manat  마나트
        cent/100  센트
        penny/100  펜스 페니
        EUR/100  유로센트
    """,
    scales="1e1  1:십\n1e2  1:백\n1e3  1:천\n1e4  1:만\n1e8  억\n1e12  조\n1e6  밀리언\n1e9  빌리언",
    numbers="point  점\n1  일 한 하나\n2  이 두\n3  삼 세\n4  사 네\n5  오 다섯\n6  육 여섯\n7  칠 일곱\n8  팔 여덟\n9  구 아홉\n10  열\n20  스무\n0  영 공\n0.5  반",
    ranges="에서 부터",
    denominations="지폐 동전 권",
    not_before="원:칙 원:장 원:인 원:래 원:주 원:고 원:자 원:유 원:가 원:내 원:외 원:격 원:활 원:본 원:동 원:형 원:점 원:정 원:색 원:문 원:료 원:산 원:천 원:팀 원:룸 원:전 원:소 엔:진 엔:터 엔:드",
    defaults="won:KRW",
)

LO = Vocabulary(
    units="LAK  ກີບ\nTHB  ບາດ\nUSD  ໂດລາ ໂດລາສະຫະລັດ",
    scales="1e3  ພັນ\n1e4  ໝື່ນ\n1e5  ແສນ\n1e6  ລ້ານ\n1e9  ຕື້",
)
KM = Vocabulary(
    decimal=".",
    units="KHR  រៀល\nUSD  ដុល្លារ ដុល្លារអាមេរិក\nTHB  បាត",
    scales="1e3  ពាន់\n1e4  ម៉ឺន\n1e5  សែន\n1e6  លាន\n1e9  ប៊ីលាន ពាន់លាន",
)
MY = Vocabulary(
    decimal=".",
    units="MMK  ကျပ်\nUSD  ဒေါ်လာ အမေရိကန်ဒေါ်လာ\nTHB  ဘတ်",
    scales="1e3  ထောင်\n1e4  သောင်း\n1e5  သိန်း\n1e6  သန်း\n1e9  ဘီလီယံ",
)

LANGUAGES = {
    "ar": AR, "fa": FA, "ps": FA, "ur": UR, "he": HE, "hi": HI, "ne": NE, "mr": MR, "bn": BN, "ta": TA, "te": TE, "th": TH, "ja": JA, "zh": ZH, "ko": KO, "lo": LO,
    "km": KM, "my": MY,
}  # fmt: skip
