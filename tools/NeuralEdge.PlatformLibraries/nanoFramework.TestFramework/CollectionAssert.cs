using System.Collections;

namespace nanoFramework.TestFramework
{
    public class CollectionAssert
    {
        public static void AreEqual(ICollection expected, ICollection actual, string message = "") => throw null;

        public static void AreNotEqual(ICollection notExpected, ICollection actual, string message = "") => throw null;
    }
}
