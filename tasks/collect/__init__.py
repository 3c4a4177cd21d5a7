"""Collect: fill raw/ from feeds, sitemaps and lists of addresses, politely and restartably."""
