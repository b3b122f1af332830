using System;
using Desktop = Microsoft.VisualStudio.TestTools.UnitTesting;

namespace nanoFramework.TestFramework
{
    /// <summary>
    /// The device's assertions on the desktop's, with the device's overloads, so that an overload is chosen the same way.
    /// </summary>
    public static class Assert
    {
        public static void AreEqual(bool expected, bool actual, string message = "") => Desktop.Assert.AreEqual(expected, actual, message);

        public static void AreEqual(byte expected, byte actual, string message = "") => Desktop.Assert.AreEqual(expected, actual, message);

        public static void AreEqual(char expected, char actual, string message = "") => Desktop.Assert.AreEqual(expected, actual, message);

        public static void AreEqual(double expected, double actual, string message = "") => Desktop.Assert.AreEqual(expected, actual, message);

        public static void AreEqual(short expected, short actual, string message = "") => Desktop.Assert.AreEqual(expected, actual, message);

        public static void AreEqual(int expected, int actual, string message = "") => Desktop.Assert.AreEqual(expected, actual, message);

        public static void AreEqual(long expected, long actual, string message = "") => Desktop.Assert.AreEqual(expected, actual, message);

        public static void AreEqual(object expected, object actual, string message = "") => Desktop.Assert.AreEqual(expected, actual, message);

        public static void AreEqual(sbyte expected, sbyte actual, string message = "") => Desktop.Assert.AreEqual(expected, actual, message);

        public static void AreEqual(float expected, float actual, string message = "") => Desktop.Assert.AreEqual(expected, actual, message);

        public static void AreEqual(string expected, string actual, string message = "") => Desktop.Assert.AreEqual(expected, actual, message);

        public static void AreEqual(ushort expected, ushort actual, string message = "") => Desktop.Assert.AreEqual(expected, actual, message);

        public static void AreEqual(uint expected, uint actual, string message = "") => Desktop.Assert.AreEqual(expected, actual, message);

        public static void AreEqual(ulong expected, ulong actual, string message = "") => Desktop.Assert.AreEqual(expected, actual, message);

        public static void AreNotEqual(bool notExpected, bool actual, string message = "") => Desktop.Assert.AreNotEqual(notExpected, actual, message);

        public static void AreNotEqual(byte notExpected, byte actual, string message = "") => Desktop.Assert.AreNotEqual(notExpected, actual, message);

        public static void AreNotEqual(char notExpected, char actual, string message = "") => Desktop.Assert.AreNotEqual(notExpected, actual, message);

        public static void AreNotEqual(double notExpected, double actual, string message = "") => Desktop.Assert.AreNotEqual(notExpected, actual, message);

        public static void AreNotEqual(short notExpected, short actual, string message = "") => Desktop.Assert.AreNotEqual(notExpected, actual, message);

        public static void AreNotEqual(int notExpected, int actual, string message = "") => Desktop.Assert.AreNotEqual(notExpected, actual, message);

        public static void AreNotEqual(long notExpected, long actual, string message = "") => Desktop.Assert.AreNotEqual(notExpected, actual, message);

        public static void AreNotEqual(object notExpected, object actual, string message = "") => Desktop.Assert.AreNotEqual(notExpected, actual, message);

        public static void AreNotEqual(sbyte notExpected, sbyte actual, string message = "") => Desktop.Assert.AreNotEqual(notExpected, actual, message);

        public static void AreNotEqual(float notExpected, float actual, string message = "") => Desktop.Assert.AreNotEqual(notExpected, actual, message);

        public static void AreNotEqual(string notExpected, string actual, string message = "") => Desktop.Assert.AreNotEqual(notExpected, actual, message);

        public static void AreNotEqual(ushort notExpected, ushort actual, string message = "") => Desktop.Assert.AreNotEqual(notExpected, actual, message);

        public static void AreNotEqual(uint notExpected, uint actual, string message = "") => Desktop.Assert.AreNotEqual(notExpected, actual, message);

        public static void AreNotEqual(ulong notExpected, ulong actual, string message = "") => Desktop.Assert.AreNotEqual(notExpected, actual, message);

        public static void AreNotSame(object notExpected, object actual, string message = "") => Desktop.Assert.AreNotSame(notExpected, actual, message);

        public static void AreSame(object expected, object actual, string message = "") => Desktop.Assert.AreSame(expected, actual, message);

        public static void IsFalse(bool condition, string message = "") => Desktop.Assert.IsFalse(condition, message);

        public static void IsInstanceOfType(object value, Type expectedType, string message = "") => Desktop.Assert.IsInstanceOfType(value, expectedType, message);

        public static void IsNotInstanceOfType(object value, Type wrongType, string message = "") => Desktop.Assert.IsNotInstanceOfType(value, wrongType, message);

        public static void IsNotNull(object value, string message = "") => Desktop.Assert.IsNotNull(value, message);

        public static void IsNull(object value, string message = "") => Desktop.Assert.IsNull(value, message);

        public static void IsTrue(bool condition, string message = "") => Desktop.Assert.IsTrue(condition, message);

        public static void SkipTest(string message = null) => Desktop.Assert.Inconclusive(message ?? "skipped");

        /// <summary>Exactly this type, as on the device: a derived exception fails.</summary>
        public static void ThrowsException(Type exceptionType, Action action, string message = "")
        {
            Type thrown = null;
            try
            {
                action();
            }
            catch (Exception exception)
            {
                thrown = exception.GetType();
            }

            Desktop.Assert.AreEqual(exceptionType, thrown, message);
        }
    }
}
