using System.Runtime.CompilerServices;
using Desktop = Microsoft.VisualStudio.TestTools.UnitTesting;

// Setup and Cleanup are left out on purpose: on the device they run once for a class, in MSTest once for a test, and
// the device makes no instance of a test class. A test that prepares what it needs itself means the same in both.
namespace nanoFramework.TestFramework
{
    /// <summary>The device's mark of a test class, seen by MSTest as its own.</summary>
    public class TestClassAttribute : Desktop.TestClassAttribute
    {
    }

    /// <summary>The device's mark of a test method, seen by MSTest as its own.</summary>
    public class TestMethodAttribute : Desktop.TestMethodAttribute
    {
        /// <summary>Marks the method; the compiler fills in where it is, for whoever jumps from a result to its test.</summary>
        public TestMethodAttribute([CallerFilePath] string file = "", [CallerLineNumber] int line = -1)
            : base(file, line)
        {
        }
    }

    /// <summary>The device's row of arguments of a test method, seen by MSTest as its own.</summary>
    public class DataRowAttribute : Desktop.DataRowAttribute
    {
        /// <summary>Runs the test once with these arguments: primitives and strings.</summary>
        /// <param name="args">The arguments.</param>
        public DataRowAttribute(params object[] args)
            : base(args)
        {
        }
    }
}
