"""Internet addresses at which no public web server answers.

Sources: the IANA special-purpose address registries of IPv4 and IPv6 (RFC 6890 and its successors),
and what cloud providers document of their metadata services. Python's `is_global` is no
substitute: it takes multicast, site-local and embedded IPv4 addresses for public ones.
"""

from ipaddress import IPv4Network, IPv6Network

# All of IPv6 that is assigned to networks of the public internet (RFC 4291, 2.4).
GLOBAL_UNICAST = IPv6Network("2000::/3")
# IPv6 addresses that hold an IPv4 address: what they hold decides. The second value is how many
# bits stand behind it.
EMBEDDING: tuple[tuple[IPv6Network, int], ...] = (
    (IPv6Network("::ffff:0:0/96"), 0),  # IPv4-mapped, RFC 4291
    (IPv6Network("64:ff9b::/96"), 0),  # NAT64, RFC 6052
    (IPv6Network("2002::/16"), 80),  # 6to4, RFC 3056
)
# ISATAP (RFC 5214) may stand in any network: this in front of the last 32 bits.
ISATAP_MARKS = frozenset({0x00005EFE, 0x02005EFE})

SPECIAL_IPV4: tuple[tuple[IPv4Network, str], ...] = (
    (IPv4Network("0.0.0.0/8"), "this network"),
    (IPv4Network("10.0.0.0/8"), "private"),
    (IPv4Network("100.64.0.0/10"), "shared by carriers"),
    (IPv4Network("127.0.0.0/8"), "loopback"),
    (IPv4Network("168.63.129.16/32"), "a cloud's own service"),  # Azure's WireServer
    (IPv4Network("169.254.0.0/16"), "link-local"),
    (IPv4Network("172.16.0.0/12"), "private"),
    (IPv4Network("192.0.0.0/24"), "for protocols"),
    (IPv4Network("192.0.2.0/24"), "for documentation"),
    (IPv4Network("192.88.99.0/24"), "6to4 relays"),
    (IPv4Network("192.168.0.0/16"), "private"),
    (IPv4Network("198.18.0.0/15"), "for benchmarks"),
    (IPv4Network("198.51.100.0/24"), "for documentation"),
    (IPv4Network("203.0.113.0/24"), "for documentation"),
    (IPv4Network("224.0.0.0/4"), "multicast"),
    (IPv4Network("240.0.0.0/4"), "reserved"),
)
# Inside of GLOBAL_UNICAST; 2001::/23 holds Teredo, ORCHID and other protocols' own addresses.
SPECIAL_IPV6: tuple[tuple[IPv6Network, str], ...] = (
    (IPv6Network("2001::/23"), "for protocols"),
    (IPv6Network("2001:db8::/32"), "for documentation"),
    (IPv6Network("3fff::/20"), "for documentation"),
)
# Outside of it, only to say what an address is.
NAMED_IPV6: tuple[tuple[IPv6Network, str], ...] = (
    (IPv6Network("::1/128"), "loopback"),
    (IPv6Network("fc00::/7"), "private"),
    (IPv6Network("fe80::/10"), "link-local"),
    (IPv6Network("fec0::/10"), "site-local"),
    (IPv6Network("ff00::/8"), "multicast"),
)
