namespace NeuralEdge.Conversion.Certificates;

/// <summary>A part of the inputs' box, how large the error of each output can be in it, and how it was cut.</summary>
/// <param name="low">Smallest inputs in raw steps.</param>
/// <param name="high">Largest inputs in raw steps.</param>
internal sealed class BoundedBox(double[] low, double[] high)
{
    /// <summary>Smallest inputs in raw steps.</summary>
    internal double[] Low => low;

    /// <summary>Largest inputs in raw steps.</summary>
    internal double[] High => high;

    /// <summary>For each output, in its unit, the bound of this box as a whole.</summary>
    internal double[] Bound { get; set; } = [];

    /// <summary>The input at whose middle it was cut; -1 where it was not.</summary>
    internal int CutInput { get; private set; } = -1;

    /// <summary>Its halves.</summary>
    internal BoundedBox[] Halves { get; private set; } = [];

    /// <summary>It and all boxes in it, each before its halves.</summary>
    internal IEnumerable<BoundedBox> All
    {
        get
        {
            Stack<BoundedBox> open = new([this]);
            while (open.TryPop(out BoundedBox? box))
            {
                yield return box;
                foreach (BoundedBox half in box.Halves.Reverse())
                {
                    open.Push(half);
                }
            }
        }
    }

    /// <summary>The boxes in it that were not cut.</summary>
    internal IEnumerable<BoundedBox> Leaves => All.Where(box => box.CutInput < 0);

    /// <summary>The largest bound of each output over the leaves.</summary>
    internal double[] Largest()
    {
        double[] bound = new double[Bound.Length];
        foreach (BoundedBox box in Leaves)
        {
            for (int o = 0; o < bound.Length; o++)
            {
                bound[o] = Math.Max(bound[o], box.Bound[o]);
            }
        }

        return bound;
    }

    /// <summary>Cuts it.</summary>
    /// <param name="input">The input at whose middle.</param>
    /// <returns>False when there is no number between its ends.</returns>
    internal bool Cut(int input)
    {
        double middle = (low[input] + high[input]) / 2;
        if (middle <= low[input] || middle >= high[input])
        {
            return false;
        }

        double[] lowHigh = (double[])high.Clone();
        double[] highLow = (double[])low.Clone();
        lowHigh[input] = middle;
        highLow[input] = middle;
        CutInput = input;
        Halves = [new BoundedBox(low, lowHigh), new BoundedBox(highLow, high)];
        return true;
    }
}
