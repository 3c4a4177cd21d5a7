"""What units of account are roughly worth, to tell the rates of a ticker from prices."""

from decimal import Decimal

# Rough US dollars a unit (orders of magnitude of the 2010s and 2020s), to tell rates from prices: a ticker's
# numbers rise with what the unit is worth, a price list's fall.
ROUGH_USD: dict[str, Decimal] = {
    code: Decimal(worth)
    for code, worth in (
        pair.split(":")
        for pair in (
            "USD:1 EUR:1.1 GBP:1.3 CHF:1.1 AUD:0.7 CAD:0.75 NZD:0.6 SGD:0.75 HKD:0.13 CNY:0.14 JPY:0.008 KRW:0.0008 INR:0.013 RUB:0.015 TRY:0.06 UAH:0.03"
            " GEL:0.37 AZN:0.59 AMD:0.0025 KZT:0.0022 KGS:0.012 UZS:0.0001 TJS:0.1 TMT:0.29 BYN:0.35 MDL:0.056 PLN:0.25 CZK:0.044 HUF:0.003 RON:0.22 BGN:0.56"
            " SEK:0.1 NOK:0.1 DKK:0.15 ISK:0.0075 ILS:0.28 AED:0.27 SAR:0.27 QAR:0.27 KWD:3.3 BHD:2.65 OMR:2.6 JOD:1.41 EGP:0.03 IRR:0.00002 IQD:0.0008 BRL:0.2 MXN:0.055"
            " ZAR:0.06 THB:0.029 VND:0.00004 IDR:0.00007 MYR:0.23 PHP:0.018 PKR:0.005 ARS:0.005 COP:0.00025 CLP:0.0011 NGN:0.001 KES:0.008 RSD:0.0093 MKD:0.018 ALL:0.01"
        ).split()
    )
}
