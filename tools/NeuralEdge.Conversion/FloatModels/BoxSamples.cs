namespace NeuralEdge.Conversion.FloatModels;

/// <summary>Rows of values spread over the declared ranges, for when there is no data and beside it.</summary>
internal static class BoxSamples
{
    /// <summary>Chooses rows, always the same for the same model: evenly for one input, at random for more.</summary>
    /// <param name="inputs">Inputs with ranges.</param>
    /// <param name="count">How many rows, 2 or more.</param>
    internal static List<double[]> Choose(IReadOnlyList<InputSpec> inputs, int count)
    {
        PortableRandom random = new(inputs.Count);
        List<double[]> rows = [];
        for (int k = 0; k < count; k++)
        {
            double[] row = new double[inputs.Count];
            for (int i = 0; i < row.Length; i++)
            {
                double place = row.Length == 1 ? k / (count - 1.0) : random.NextDouble();
                double minimum = inputs[i].Minimum!.Value;
                double maximum = inputs[i].Maximum!.Value;
                row[i] = (minimum * (1 - place)) + (maximum * place);
            }

            rows.Add(row);
        }

        return rows;
    }
}
