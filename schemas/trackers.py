"""Query parameters that say how a reader came to a page, not which page it is.

From the documentation of the tools that add them (Google Analytics and Ads, Meta, Microsoft, Yandex,
Mailchimp, HubSpot, Matomo, AT Internet, Adobe); part of the canonical URL's definition.
"""

CANONICAL_URL_VERSION = 1

TRACKER_PREFIXES = (
    "utm_",
    "pk_",
    "mtm_",
    "hsa_",
    "at_",
    "ns_",
    "wt_",
    "ga_",
    "fb_",
    "oly_",
    "vero_",
    "_hs",
    "__twitter_",
)

TRACKERS = frozenset(
    {
        "fbclid",
        "gclid",
        "gclsrc",
        "dclid",
        "gbraid",
        "wbraid",
        "msclkid",
        "yclid",
        "ysclid",
        "twclid",
        "ttclid",
        "igshid",
        "igsh",
        "mc_cid",
        "mc_eid",
        "mkt_tok",
        "cmpid",
        "cmp",
        "campaign_id",
        "xtor",
        "s_cid",
        "icid",
        "ocid",
        "ncid",
        "taid",
        "_ga",
        "_gl",
        "_openstat",
        "spm",
        "ref",
        "ref_src",
        "ref_url",
        "referrer",
        "smid",
        "smtyp",
        "sr_share",
        "__tn__",
        "guccounter",
        "guce_referrer",
        "guce_referrer_sig",
        "wtmc",
        "feedtype",
    }
)

SESSION_PARAMETERS = frozenset({"phpsessid", "jsessionid", "sessionid", "session_id", "sid"})

# A page's other dresses: the same article, asked for in another form.
DRESS_PARAMETERS = frozenset({"amp", "outputtype", "print", "printable", "view_mode"})
