using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Networks;

namespace NeuralEdge.Conversion.Activations;

/// <summary>The logistic function, 1 / (1 + e^-z) = 1/2 + tanh(z/2) / 2.</summary>
internal sealed class Sigmoid : ActivationFunction
{
    /// <inheritdoc/>
    public override string Name => "sigmoid";

    /// <inheritdoc/>
    public override Activation Activation => Activation.Sigmoid;

    internal override bool ReadsTanhTable => true;

    internal override FixedFormat Format { get; } = new(15, 16, ActivationTable.Largest, 0, 1, Tanh.LargestError);

    /// <inheritdoc/>
    public override double Evaluate(double z, double slope) => PortableMath.Sigmoid(z);

    internal override double Derivative(double z, double activation, double slope) => activation * (1 - activation);

    internal override void EvaluateAll(ReadOnlySpan<double> z, Span<double> activations, double slope)
    {
        ReadOnlySpan<Vector256<double>> four = MemoryMarshal.Cast<double, Vector256<double>>(z);
        Span<Vector256<double>> values = MemoryMarshal.Cast<double, Vector256<double>>(activations);
        for (int i = 0; i < four.Length; i++)
        {
            values[i] = PortableLanes.Sigmoid(four[i]);
        }

        int done = PortableLanes.Count * four.Length;
        base.EvaluateAll(z[done..], activations[done..], slope);
    }

    internal override void Differentiate(ReadOnlySpan<double> z, ReadOnlySpan<double> activations, double slope, Span<double> errors)
    {
        ReadOnlySpan<Vector256<double>> values = MemoryMarshal.Cast<double, Vector256<double>>(activations);
        Span<Vector256<double>> four = MemoryMarshal.Cast<double, Vector256<double>>(errors);
        for (int i = 0; i < four.Length; i++)
        {
            Vector256<double> a = values[i];
            four[i] *= a * (Vector256<double>.One - a);
        }

        int done = PortableLanes.Count * four.Length;
        base.Differentiate(z[done..], activations[done..], slope, errors[done..]);
    }

    // A tanh a quarter as steep at 0.
    internal override double FirstWeights(int inputs, int outputs) => 4 * base.FirstWeights(inputs, outputs);

    internal override (double Least, double Most) Slopes(double low, double high, double slope)
    {
        (double least, double most) = Tanh.SlopesOf(low / 2, high / 2);
        return (least / 4, most / 4);
    }

    internal override (double Slope, double Offset, double Radius) Line(double low, double high, double slope)
    {
        (double s, double offset, double radius) = Tanh.LineOf(low / 2, high / 2);
        return (s / 4, 0.5 + (offset / 2), (radius / 2) + Slack);
    }

    // The same integer as that of tanh; one call where Sigmoid.Evaluate makes two.
    internal override Code Write(Code z, int slope) => z.Then("32768 + " + Code.Numerics + "Tanh.Evaluate({0})", Code.TokenBytes + 6);
}
