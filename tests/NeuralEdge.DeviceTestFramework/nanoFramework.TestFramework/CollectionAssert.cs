using System.Collections;
using Desktop = Microsoft.VisualStudio.TestTools.UnitTesting;

namespace nanoFramework.TestFramework
{
    /// <summary>The device's assertions on collections, on the desktop's.</summary>
    public static class CollectionAssert
    {
        public static void AreEqual(ICollection expected, ICollection actual, string message = "") => Desktop.CollectionAssert.AreEqual(expected, actual, message);

        public static void AreNotEqual(ICollection notExpected, ICollection actual, string message = "") => Desktop.CollectionAssert.AreNotEqual(notExpected, actual, message);

        public static void Empty(ICollection collection, string message = "") => Desktop.Assert.AreEqual(0, collection.Count, message);

        public static void NotEmpty(ICollection collection, string message = "") => Desktop.Assert.AreNotEqual(0, collection.Count, message);
    }
}
