using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion;

namespace NeuralEdge.Tests;

/// <summary>Claims about refused input: the exception, and that its message is one sentence for a person.</summary>
internal static class Refusals
{
    /// <summary>The action must refuse with a sentence that holds every one of the parts (separated by bars).</summary>
    public static void Expect(string parts, Action action)
    {
        InputRefusedException refused = Assert.ThrowsExactly<InputRefusedException>(action, parts);
        foreach (string part in parts.Split('|'))
        {
            Assert.Contains(part, refused.Message, StringComparison.Ordinal);
        }

        IsOneSentence(refused.Message);
    }

    /// <summary>Runs hostile input: a result or a refusal in one sentence; anything else fails the test.</summary>
    public static void ResultOrRefusal(Action action)
    {
        try
        {
            action();
        }
        catch (InputRefusedException e)
        {
            IsOneSentence(e.Message);
        }
    }

    private static void IsOneSentence(string message)
    {
        Assert.IsGreaterThan(20, message.Length, message);
        Assert.EndsWith(".", message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", message, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", message, StringComparison.Ordinal);
    }
}
