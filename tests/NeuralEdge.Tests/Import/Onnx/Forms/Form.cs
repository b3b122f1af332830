namespace NeuralEdge.Tests.Import.Onnx.Forms;

/// <summary>A way in which exporters write something: a small network whose output "y" OnnxRuntime computes too.</summary>
/// <param name="Kind">What is written.</param>
/// <param name="Name">How.</param>
/// <param name="File">The file.</param>
/// <param name="Width">How many inputs.</param>
/// <param name="Tolerance">How far OnnxRuntime may be off: float's rounding, and that of the file's integers.</param>
/// <param name="Open">The shape of the input, where the file leaves it open.</param>
internal sealed record Form(string Kind, string Name, byte[] File, int Width = 3, double Tolerance = Form.FloatError, int[]? Open = null)
{
    /// <summary>What float's 24 bits cost in networks of these sizes.</summary>
    internal const double FloatError = 2e-5;
}
