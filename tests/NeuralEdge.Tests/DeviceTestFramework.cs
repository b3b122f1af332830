// The device's test framework under its own names, so that the sources of NeuralEdge.DeviceTests run here unchanged.
// The overloads are the device's, neither more nor fewer: what compiles here compiles there and means the same.
// On the device Setup and Cleanup run once for a class, here once for each test: a Setup must be repeatable.

global using CleanupAttribute = Microsoft.VisualStudio.TestTools.UnitTesting.TestCleanupAttribute;
global using DataRowAttribute = Microsoft.VisualStudio.TestTools.UnitTesting.DataRowAttribute;
global using SetupAttribute = Microsoft.VisualStudio.TestTools.UnitTesting.TestInitializeAttribute;
global using TestClassAttribute = Microsoft.VisualStudio.TestTools.UnitTesting.TestClassAttribute;
global using TestMethodAttribute = Microsoft.VisualStudio.TestTools.UnitTesting.TestMethodAttribute;

using System.Collections;
using Desktop = Microsoft.VisualStudio.TestTools.UnitTesting;

namespace nanoFramework.TestFramework;

/// <summary>The device's assertions on the desktop's.</summary>
public static class Assert
{
    public static void AreEqual(bool expected, bool actual, string message = "") => Desktop.Assert.AreEqual(expected, actual, message);

    public static void AreEqual(byte expected, byte actual, string message = "") => Desktop.Assert.AreEqual(expected, actual, message);

    public static void AreEqual(char expected, char actual, string message = "") => Desktop.Assert.AreEqual(expected, actual, message);

    public static void AreEqual(double expected, double actual, string message = "") => Desktop.Assert.AreEqual(expected, actual, message);

    public static void AreEqual(short expected, short actual, string message = "") => Desktop.Assert.AreEqual(expected, actual, message);

    public static void AreEqual(int expected, int actual, string message = "") => Desktop.Assert.AreEqual(expected, actual, message);

    public static void AreEqual(long expected, long actual, string message = "") => Desktop.Assert.AreEqual(expected, actual, message);

    public static void AreEqual(object? expected, object? actual, string message = "") => Desktop.Assert.AreEqual(expected, actual, message);

    public static void AreEqual(sbyte expected, sbyte actual, string message = "") => Desktop.Assert.AreEqual(expected, actual, message);

    public static void AreEqual(float expected, float actual, string message = "") => Desktop.Assert.AreEqual(expected, actual, message);

    public static void AreEqual(string? expected, string? actual, string message = "") => Desktop.Assert.AreEqual(expected, actual, message);

    public static void AreEqual(ushort expected, ushort actual, string message = "") => Desktop.Assert.AreEqual(expected, actual, message);

    public static void AreEqual(uint expected, uint actual, string message = "") => Desktop.Assert.AreEqual(expected, actual, message);

    public static void AreEqual(ulong expected, ulong actual, string message = "") => Desktop.Assert.AreEqual(expected, actual, message);

    public static void AreNotEqual(bool notExpected, bool actual, string message = "") => Desktop.Assert.AreNotEqual(notExpected, actual, message);

    public static void AreNotEqual(int notExpected, int actual, string message = "") => Desktop.Assert.AreNotEqual(notExpected, actual, message);

    public static void AreNotEqual(long notExpected, long actual, string message = "") => Desktop.Assert.AreNotEqual(notExpected, actual, message);

    public static void AreNotEqual(uint notExpected, uint actual, string message = "") => Desktop.Assert.AreNotEqual(notExpected, actual, message);

    public static void AreNotEqual(ulong notExpected, ulong actual, string message = "") => Desktop.Assert.AreNotEqual(notExpected, actual, message);

    public static void AreNotEqual(string? notExpected, string? actual, string message = "") => Desktop.Assert.AreNotEqual(notExpected, actual, message);

    public static void AreNotEqual(object? notExpected, object? actual, string message = "") => Desktop.Assert.AreNotEqual(notExpected, actual, message);

    public static void AreNotSame(object? notExpected, object? actual, string message = "") => Desktop.Assert.AreNotSame(notExpected, actual, message);

    public static void AreSame(object? expected, object? actual, string message = "") => Desktop.Assert.AreSame(expected, actual, message);

    public static void IsFalse(bool condition, string message = "") => Desktop.Assert.IsFalse(condition, message);

    public static void IsInstanceOfType(object? value, Type expectedType, string message = "") => Desktop.Assert.IsInstanceOfType(value, expectedType, message);

    public static void IsNotNull(object? value, string message = "") => Desktop.Assert.IsNotNull(value, message);

    public static void IsNull(object? value, string message = "") => Desktop.Assert.IsNull(value, message);

    public static void IsTrue(bool condition, string message = "") => Desktop.Assert.IsTrue(condition, message);

    public static void SkipTest(string message = "") => Desktop.Assert.Inconclusive(message);

    /// <summary>Exactly this type, as on the device: a derived exception fails.</summary>
    public static void ThrowsException(Type exceptionType, Action action, string message = "")
    {
        try
        {
            action();
        }
        catch (Exception exception)
        {
            Desktop.Assert.AreEqual(exceptionType, exception.GetType(), message);
            return;
        }

        Desktop.Assert.Fail($"{exceptionType} was expected, nothing was thrown. {message}");
    }
}

/// <summary>The device's collection assertions on the desktop's.</summary>
public static class CollectionAssert
{
    public static void AreEqual(ICollection expected, ICollection actual, string message = "") => Desktop.CollectionAssert.AreEqual(expected, actual, message);

    public static void AreNotEqual(ICollection notExpected, ICollection actual, string message = "") => Desktop.CollectionAssert.AreNotEqual(notExpected, actual, message);

    public static void Empty(ICollection collection, string message = "") => Desktop.Assert.AreEqual(0, collection.Count, message);

    public static void NotEmpty(ICollection collection, string message = "") => Desktop.Assert.AreNotEqual(0, collection.Count, message);
}
