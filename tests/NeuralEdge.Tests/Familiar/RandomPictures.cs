using NeuralEdge.Conversion.Familiar;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Models;

namespace NeuralEdge.Tests.Familiar;

/// <summary>Pictures of inputs of every kind that the format allows, the most extreme among them.</summary>
internal static class RandomPictures
{
    /// <summary>A picture.</summary>
    internal static FamiliarInputs Create(PortableRandom random, int inputs)
    {
        bool extreme = random.Next(4) == 0;
        int Byte() => extreme ? (random.Next(2) == 0 ? sbyte.MinValue : sbyte.MaxValue) : random.Next(256) - 128;
        int Whitened() => extreme ? (random.Next(2) == 0 ? -Familiarity.MaxWhitened : Familiarity.MaxWhitened) : random.Next(2001) - 1000;
        FamiliarInput[] each = [.. Enumerable.Range(0, inputs).Select(_ =>
        {
            int a = random.Next(256) - 128;
            int b = random.Next(256) - 128;
            bool wide = extreme || random.Next(2) == 0;
            return new FamiliarInput(
                random.Next(5) == 0 ? (random.Next(2) == 0 ? -ModelFormat.MaxRawInput : ModelFormat.MaxRawInput) : random.Next(4096) - 2048,
                random.Next(65536),
                random.Next(10) == 0 ? random.Next(Familiarity.MaxScaleShift + 1) : 15 + random.Next(8),
                0,
                wide ? sbyte.MinValue : Math.Min(a, b),
                wide ? sbyte.MaxValue : Math.Max(a, b));
        })];
        int[][] matrix = [.. Enumerable.Range(0, inputs).Select(row => Enumerable.Range(0, row + 1).Select(_ => Byte()).ToArray())];
        for (int i = 0; i < inputs; i++)
        {
            // The least shift that a row may have, or some more.
            int shift = Enumerable.Range(0, Familiarity.MaxRowShift + 1).First(t => 128 * matrix[i].Sum(Math.Abs) <= Familiarity.MaxWhitened << t);
            each[i] = each[i] with { RowShift = extreme ? shift : Math.Min(Familiarity.MaxRowShift, shift + random.Next(4)) };
        }

        return new FamiliarInputs(
            each,
            random.Next(256),
            random.Next(3) == 0 ? random.Next(32 * 8190 * 8190) : random.Next(3_000_000),
            matrix,
            [.. Enumerable.Range(0, 1 + random.Next(Familiarity.MaxPrototypes)).Select(_ => Enumerable.Range(0, inputs).Select(_ => Whitened()).ToArray())]);
    }

    /// <summary>A row for it: mostly near its centres, now and then anything that 32 bits hold.</summary>
    internal static int[] Row(PortableRandom random, FamiliarInputs picture) => [.. picture.Inputs.Select(input => random.Next(200) switch
    {
        0 => int.MinValue,
        1 => int.MaxValue,
        2 => (int)random.NextBits(),
        _ => (int)Math.Clamp(input.ToRaw(random.Next(256) - 128), int.MinValue, int.MaxValue),
    })];
}
