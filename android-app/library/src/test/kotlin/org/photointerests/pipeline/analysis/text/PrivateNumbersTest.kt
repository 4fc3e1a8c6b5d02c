package org.photointerests.pipeline.analysis.text

import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test

/** The cases of Python's test of the same rules. */
class PrivateNumbersTest {
    @Test
    fun cardNumbers_areMasked_onSeveralLines_andWithAMisreadDigit() {
        val number = "4111 1111 1111 1111"
        for (written in listOf(number, number.replace(' ', '\n'), "4111 1111 1111 1112")) {
            assertTrue(written, withoutPrivateNumbers(written).all { it in "• \n" })
        }
        assertEquals("•••• •••••• •••••", withoutPrivateNumbers("3782 822463 10005"))
        assertEquals("No •••••••••••••.", withoutPrivateNumbers("No 4222222222222."))
    }

    @Test
    fun cardNumberWithinALongerRow_isMaskedThere() {
        val masked = withoutPrivateNumbers("00 4111-1111-1111-1111 7")
        assertFalse(masked, masked.substring(3, 22).any { it.isDigit() })
    }

    @Test
    fun accounts_areMasked() {
        val text = "IBAN: DE89 3704 0044 0532 0130 00, GB82WEST12345698765432"
        val masked = withoutPrivateNumbers(text)
        assertTrue(masked, masked.startsWith("IBAN: ") && masked.none { it.isDigit() })
        assertEquals(text.length, masked.length)
        assertFalse(isIban("DE88370400440532013000"))
    }

    @Test
    fun pricesDatesAndTelephoneNumbers_stay() {
        val text = "TOTAL 4.80\nCASH 10.00\n+49 89 1234567\n26-05-2018 15:16:13\n52100 KL"
        assertEquals(text, withoutPrivateNumbers(text))
        assertEquals("", withoutPrivateNumbers(""))
    }

    @Test
    fun checkDigit_isThatOfTheStandard() {
        assertTrue(isLuhn("79927398713"))
        assertFalse(isLuhn("79927398710"))
    }
}
