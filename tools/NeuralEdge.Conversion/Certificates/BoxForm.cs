using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NeuralEdge.Conversion.Certificates;

/// <summary>
/// The affine forms of one neuron's pre-activation z and of its error dz while they are summed up: coefficients of the symbols
/// that z and dz share, and of those that only dz has.
/// </summary>
/// <param name="symbols">Most symbols of either kind.</param>
internal sealed class BoxForm(int symbols)
{
    /// <summary>z: symbols for the place in the box and for what lines leave.</summary>
    internal double[] Z { get; } = new double[symbols];

    /// <summary>dz, the same symbols.</summary>
    internal double[] Shared { get; } = new double[symbols];

    /// <summary>dz, symbols for rounding and for what slopes leave.</summary>
    internal double[] Rest { get; } = new double[symbols];

    /// <summary>Begins anew.</summary>
    /// <param name="count">Symbols of each kind that will be added to; those behind are set.</param>
    internal void Clear(int count)
    {
        Array.Clear(Z, 0, count);
        Array.Clear(Shared, 0, count);
        Array.Clear(Rest, 0, count);
    }

    /// <summary>Adds w a to z, and fixedW e + d a to dz, for the symbols that the layer's values have in common.</summary>
    internal void Add(double w, double fixedW, double d, BoxValues x, int i)
    {
        // Vectors of one length everywhere, so that a machine's own changes no bit of the result.
        int count = x.Dense;
        ReadOnlySpan<double> a = x.Form(i);
        ReadOnlySpan<double> e = x.ErrorShared(i);
        ReadOnlySpan<double> r = x.ErrorRest(i);
        ReadOnlySpan<Vector256<double>> va = MemoryMarshal.Cast<double, Vector256<double>>(a);
        ReadOnlySpan<Vector256<double>> ve = MemoryMarshal.Cast<double, Vector256<double>>(e)[..va.Length];
        ReadOnlySpan<Vector256<double>> vr = MemoryMarshal.Cast<double, Vector256<double>>(r)[..va.Length];
        Span<Vector256<double>> vz = MemoryMarshal.Cast<double, Vector256<double>>(Z.AsSpan(0, count))[..va.Length];
        Span<Vector256<double>> vs = MemoryMarshal.Cast<double, Vector256<double>>(Shared.AsSpan(0, count))[..va.Length];
        Span<Vector256<double>> vt = MemoryMarshal.Cast<double, Vector256<double>>(Rest.AsSpan(0, count))[..va.Length];
        for (int k = 0; k < va.Length; k++)
        {
            vz[k] += va[k] * w;
            vs[k] += (ve[k] * fixedW) + (va[k] * d);
            vt[k] += vr[k] * fixedW;
        }

        for (int k = va.Length * Vector256<double>.Count; k < count; k++)
        {
            Z[k] += w * a[k];
            Shared[k] += (fixedW * e[k]) + (d * a[k]);
            Rest[k] += fixedW * r[k];
        }
    }

    /// <summary>A form times a factor.</summary>
    internal static void Scale(double factor, ReadOnlySpan<double> from, Span<double> to)
    {
        for (int k = 0; k < to.Length; k++)
        {
            to[k] = factor * from[k];
        }
    }

    /// <summary>The radius of a form.</summary>
    internal static double SumOfMagnitudes(ReadOnlySpan<double> form)
    {
        ReadOnlySpan<Vector256<double>> wide = MemoryMarshal.Cast<double, Vector256<double>>(form);
        Vector256<double> sums = Vector256<double>.Zero;
        foreach (Vector256<double> four in wide)
        {
            sums += Vector256.Abs(four);
        }

        double sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
        for (int k = wide.Length * Vector256<double>.Count; k < form.Length; k++)
        {
            sum += Math.Abs(form[k]);
        }

        return sum;
    }
}
