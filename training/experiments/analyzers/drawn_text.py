"""The words of a receipt that this project draws."""

RECEIPT = (
    "GREEN GARDEN MARKET",
    "12 Harbour Street, Bristol",
    "Telephone 0117 496 0123",
    "Date 26-05-2018 15:16",
    "Espresso 2 x 2.20 4.40",
    "Pizza Margherita 9.50",
    "Orange juice 3.10",
    "SUBTOTAL 17.00",
    "Service charge 10% 1.70",
    "TOTAL 18.70",
    "CASH 20.00",
    "CHANGE 1.30",
    "Thank you, please come again",
)
