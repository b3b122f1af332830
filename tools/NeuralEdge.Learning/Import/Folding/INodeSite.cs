using NeuralEdge.Conversion;

namespace NeuralEdge.Learning.Import.Folding;

/// <summary>Where in a foreign file the folding stands, so that a refusal can name the node.</summary>
internal interface INodeSite
{
    /// <summary>What the file may still cost.</summary>
    WorkBudget Budget { get; }

    /// <summary>A refusal that names the node: "file: node "name" (operator) <paramref name="what"/>; <paramref name="advice"/>."</summary>
    InputRefusedException Refuse(string what, string advice);
}
