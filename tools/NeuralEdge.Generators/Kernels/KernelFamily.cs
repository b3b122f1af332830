namespace NeuralEdge.Generators.Kernels;

/// <summary>A family of kernels: one class for each number of inputs.</summary>
/// <param name="Name">Start of the class names, and name of the factory's method.</param>
/// <param name="Base">The class that they derive from, which holds their arrays.</param>
/// <param name="Summary">Start of the summary of each class.</param>
/// <param name="One">What an input is called.</param>
/// <param name="Many">What several are called.</param>
/// <param name="FactorySummary">Summary of the factory's method.</param>
/// <param name="NeedsNumerics">True when the code names something of NeuralEdge.Numerics.</param>
/// <param name="Body">Body of Forward for a number of inputs, with methods behind it where it has any.</param>
internal sealed record KernelFamily(
    string Name, string Base, string Summary, string One, string Many, string FactorySummary, bool NeedsNumerics, Func<int, string> Body)
{
    /// <summary>All families.</summary>
    internal static readonly KernelFamily[] All = [.. PackedKernels.Families, .. LaneKernels.Families];
}
