#nullable enable
namespace NeuralEdge.Simulator;

/// <summary>The simulated board cannot be had as asked for. The message is a sentence for the user.</summary>
public sealed class SimulatorException : Exception
{
    /// <summary>Says what, where and what to do.</summary>
    /// <param name="sentence">The sentence.</param>
    public SimulatorException(string sentence)
        : base(sentence)
    {
    }

    /// <summary>Says what, where and what to do, with the cause.</summary>
    /// <param name="sentence">The sentence.</param>
    /// <param name="cause">The cause.</param>
    public SimulatorException(string sentence, Exception cause)
        : base(sentence, cause)
    {
    }
}
