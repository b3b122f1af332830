using NeuralEdge.Board.Link;

namespace NeuralEdge.Cli.Demo;

/// <summary>What the demo has shown, for programs.</summary>
/// <param name="WorkedExample">The board's answer to 2 and 3; null where it was not asked.</param>
/// <param name="ModelBytes">Length of the trained model's file.</param>
/// <param name="ModelDigest">Its check value.</param>
/// <param name="ModelState">What the board made of it.</param>
/// <param name="Inferences">How many were seen, each the same bit for bit on the board and on the desktop.</param>
/// <param name="PinSwitches">How often a pin switched.</param>
internal sealed record DemoResult(double? WorkedExample, int ModelBytes, string ModelDigest, ModelState ModelState, int Inferences, int PinSwitches);
