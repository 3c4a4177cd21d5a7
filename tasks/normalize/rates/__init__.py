"""The value of an amount in US dollars on a day, from reference rates of central banks."""
