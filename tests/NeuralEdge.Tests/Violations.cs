using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace NeuralEdge.Tests;

/// <summary>Claims that a list of findings is empty, and shows it line by line when it is not.</summary>
internal static class Violations
{
    /// <summary>Fails when there is any finding.</summary>
    /// <param name="what">What the findings are, as a heading.</param>
    /// <param name="findings">One line each.</param>
    public static void AssertNone(string what, IEnumerable<string> findings)
    {
        string[] lines = [.. findings];
        if (lines.Length > 0)
        {
            Assert.Fail($"{what}:\n{string.Join('\n', lines)}");
        }
    }
}
