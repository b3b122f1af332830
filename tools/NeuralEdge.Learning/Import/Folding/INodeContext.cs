using NeuralEdge.Conversion;

namespace NeuralEdge.Learning.Import.Folding;

/// <summary>The node of a foreign graph that is being converted: what it may cost, and the words to refuse it.</summary>
internal interface INodeContext
{
    /// <summary>What the file may still cost.</summary>
    WorkBudget Budget { get; }

    /// <summary>What the file says of the distribution of its inputs.</summary>
    InputScalers Scalers { get; }

    /// <summary>A refusal that names the node: "file: node "name" (operator) <paramref name="what"/>; <paramref name="advice"/>."</summary>
    InputRefusedException Refuse(string what, string advice);
}
