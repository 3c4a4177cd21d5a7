"""Query parameters that say how a reader came to a page, not which page it is.

From the documentation of the tools that add them, named beside each group. Part of the canonical
URL's definition, as is tasks/normalize/urls.py; both are in the digest of `pipeline_version`, so a
warehouse tells by which definition its addresses were made. Generic words that some sites use for
tracking and others for content (`from`, `source`, `mod`, `page`, `id`) are left alone: a tracker
that stays makes a second row, which `duplicate_of` shows; a parameter that goes loses articles.
"""

TRACKER_PREFIXES = (
    "utm_",  # Google Analytics and everybody after it
    "ga_",
    "gad_",  # Google Ads
    "pk_",  # Matomo, formerly Piwik
    "mtm_",
    "hsa_",  # HubSpot
    "_hs",
    "__hs",
    "at_",  # Piano, formerly AT Internet
    "ns_",  # Comscore
    "wt_",  # Webtrends, Mapp
    "wt.",
    "fb_",  # Meta
    "oly_",  # Omeda
    "vero_",  # Vero
    "_branch_",  # Branch
    "__twitter_",
    "_x_tr_",  # Google Translate
    "__cf_chl",  # Cloudflare's challenge
    "amp_",  # viewers of AMP pages
    "__amp_",
)

TRACKERS = frozenset(
    {
        # click identifiers: Meta, Google, Microsoft, Yandex, X, TikTok, Snap, Reddit, LinkedIn,
        # Pinterest, Quora, Taboola, Outbrain
        "fbclid",
        "gclid",
        "gclsrc",
        "dclid",
        "gbraid",
        "wbraid",
        "srsltid",
        "msclkid",
        "yclid",
        "ysclid",
        "twclid",
        "ttclid",
        "sccid",
        "rdt_cid",
        "li_fat_id",
        "trk",
        "epik",
        "qclid",
        "tblci",
        "tbclid",
        "dicbo",
        "oborigurl",
        "igshid",
        "igsh",
        "__tn__",
        # mail and marketing: Mailchimp, Marketo, Adobe, Drip, AT Internet, Openstat, Alibaba
        "mc_cid",
        "mc_eid",
        "mkt_tok",
        "s_cid",
        "s_kwcid",
        "ef_id",
        "__s",
        "xtor",
        "_openstat",
        "spm",
        "_ga",
        "_gl",
        # campaigns and referrers, as publishers name them
        "cmpid",
        "cmp",
        "campaign_id",
        "icid",
        "ocid",
        "ncid",
        "taid",
        "wtmc",
        "feedtype",
        "ref",
        "ref_src",
        "ref_url",
        "referrer",
        "reflink",
        "sref",
        "leadsource",
        "smid",
        "smtyp",
        "sr_share",
        "unlocked_article_code",
        "guccounter",
        "guce_referrer",
        "guce_referrer_sig",
        "usqp",
    }
)

# Names that mean a session wherever they stand, and names that do so by the length of their value.
SESSION_PARAMETERS = frozenset({"phpsessid", "jsessionid", "cftoken", "oscsid"})
MAYBE_SESSION_PARAMETERS = frozenset({"sid", "sessid", "sessionid", "session_id", "cfid"})

# A page's other dresses: the same article, asked for in another form.
DRESS_PARAMETERS = frozenset({"amp", "noamp", "outputtype", "print", "printable", "view_mode"})

# Hosts that only lead on to a page: an address there says nothing about whose page it is.
REDIRECTING_HOSTS = frozenset(
    {
        "feedproxy.google.com",
        "feeds.feedburner.com",
        "news.google.com",
        "t.co",
        "bit.ly",
        "buff.ly",
        "dlvr.it",
        "goo.gl",
        "is.gd",
        "lnkd.in",
        "ow.ly",
        "tinyurl.com",
        "trib.al",
    }
)
