using NeuralEdge.Conversion.Boards;
using NeuralEdge.Learning.Data;

namespace NeuralEdge.Learning.Evaluation;

/// <summary>Answers at rows that were held out, from which a verdict follows.</summary>
/// <param name="All">The rows learned from.</param>
/// <param name="Judged">The rows held out.</param>
/// <param name="Partition">How they were.</param>
/// <param name="Recorded">How the rows learned from follow each other; that of <paramref name="Partition"/> unless another table judges.</param>
/// <param name="Constant">The answer that looks at no input.</param>
/// <param name="Linear">What the integers of a linear network answer; null when all that answers is linear.</param>
/// <param name="Threshold">What a comparison of one input with one number answers; null where it cannot tell the classes.</param>
/// <param name="Network">What the integers of this network answer.</param>
/// <param name="Chosen">The network in real numbers.</param>
/// <param name="LinearIsAsGood">True when a linear network is within one standard error of this one.</param>
/// <param name="Wiring">How the model would be wired.</param>
/// <param name="ClassWeights">What a row of each class counted for; null when all counted alike.</param>
/// <param name="Unbalanced">What the same network answers, in real numbers, when every row counts alike; null when every row does.</param>
/// <param name="Goal">What a class's score was shifted for; null for nothing.</param>
/// <param name="Nested">Features that were chosen anew for each training; null where all had the same inputs.</param>
internal sealed record Evidence(
    DataSet All,
    DataSet Judged,
    Partition Partition,
    Partition Recorded,
    double[][] Constant,
    IntegerAnswers? Linear,
    double[][]? Threshold,
    IntegerAnswers Network,
    Trial Chosen,
    bool LinearIsAsGood,
    BoardSpec Wiring,
    IReadOnlyList<double>? ClassWeights,
    Trial? Unbalanced,
    DecisionGoal? Goal,
    NestedInputs? Nested);
