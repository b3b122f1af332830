using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Certificates;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Cli.Reports;

/// <summary>The real network beside the board's arithmetic, row by row.</summary>
/// <param name="Rows">Rows compared.</param>
/// <param name="Outside">Rows of which a value lies outside the model's ranges; the certificate says nothing of them.</param>
/// <param name="Largest">For each output, the largest difference of scores (logits when the last layer is softmax).</param>
/// <param name="WorstRow">The row, from 0, and the output of the largest difference.</param>
/// <param name="ClassChanges">Rows whose output of the largest value is another one.</param>
/// <param name="Saturated">Rows with which a value inside the network met its ceiling; the certificate says nothing of them.</param>
/// <param name="Held">Whether every row inside the ranges, with which no ceiling is met, is within the certificate; null when there is no certificate.</param>
internal sealed record Comparison(
    int Rows, int Outside, double[] Largest, (int Row, int Output, double Real, double Fixed) WorstRow, int ClassChanges, int Saturated, bool? Held)
{
    internal static Comparison Of(FloatNetwork reference, ModelFile file, double[][] rows, LongTask? comparing = null)
    {
        double[]? bound = Certificate.Read(file)?.Bound.Total;
        double[] largest = new double[file.Outputs.Length];
        (int Row, int Output, double Real, double Fixed) worst = (0, 0, 0, 0);
        double worstDifference = -1;
        int outside = 0;
        int saturated = 0;
        int changes = 0;
        bool held = true;
        for (int r = 0; r < rows.Length; r++)
        {
            comparing?.At((double)r / rows.Length);
            double[] real = reference.Scores(file.Limit(rows[r]));
            int[] raw = file.Run(file.ToRaw(rows[r]));
            double[] board = file.ToScores(raw);
            bool inside = file.Inputs.Select((input, i) => rows[r][i] >= input.Minimum && rows[r][i] <= input.Maximum).All(covered => covered);
            outside += inside ? 0 : 1;
            bool met = file.Model.Network.SaturatedCount > 0;
            saturated += met ? 1 : 0;
            changes += Array.IndexOf(real, real.Max()) == file.ClassOf(raw) ? 0 : 1;
            for (int o = 0; o < real.Length; o++)
            {
                double difference = Math.Abs(real[o] - board[o]);
                largest[o] = Math.Max(largest[o], difference);
                held &= !inside || met || bound is null || difference <= bound[o];
                if (difference > worstDifference)
                {
                    (worst, worstDifference) = ((r, o, real[o], board[o]), difference);
                }
            }
        }

        return new Comparison(rows.Length, outside, largest, worst, changes, saturated, bound is null ? null : held);
    }

    internal void Write(TextWriter writer, ModelFile file)
    {
        DecisionText.Write(writer, file);
        writer.WriteLine($"Real against fixed arithmetic on {NumberText.Count(Rows, file.Noun)}:");
        TextTable table = new("output", "largest difference", "found", "proven near the data", "proven for every input");
        Certificate? certificate = Certificate.Read(file);
        for (int o = 0; o < Largest.Length; o++)
        {
            table.Add(
                file.Outputs[o].Name,
                Show.Measure(Largest[o]),
                certificate?.Found is null ? "-" : Show.Measure(certificate.Found[o]),
                certificate?.Near is null ? "-" : Show.Measure(certificate.Near.Largest[o]),
                certificate is null ? "no certificate" : Show.Measure(certificate.Bound.Total[o]) + CertificateText.Looseness(certificate, o));
        }

        table.Write(writer);
        if (certificate is { IsFromSamples: true })
        {
            writer.WriteLine("Both begin with the features that a board computes; what these are off by is in what is proven and found, and not in the differences.");
        }

        if (Saturated > 0)
        {
            writer.WriteLine($"In {NumberText.Count(Saturated, file.Noun)} a value inside the network met its ceiling; the certificate says nothing of these.");
        }

        string scores = file.Model.Network.HasProbabilities ? " (scores before softmax)" : "";
        writer.WriteLine($"Worst: {file.Noun} {WorstRow.Row + 1}, {file.Outputs[WorstRow.Output].Name}: {Show.Value(WorstRow.Real)} against {Show.Value(WorstRow.Fixed)}{scores}.");
        if (file.IsClassifier)
        {
            writer.WriteLine($"Another class in {ClassChanges} of {NumberText.Count(Rows, file.Noun)}.");
        }

        if (Outside > 0)
        {
            writer.WriteLine($"{NumberText.Count(Outside, file.Noun)} outside the model's ranges, where a board takes the range's end and the certificate says nothing.");
        }

        writer.WriteLine(Held switch
        {
            null => "The model has no certificate to hold.",
            true => "The certificate held.",
            false => "The certificate did NOT hold: this is not the network that the model was made of.",
        });
    }

    internal object Document(ModelFile file) => new
    {
        rows = Rows,
        outside = Outside,
        classChanges = ClassChanges,
        metACeiling = Saturated,
        certificateHeld = Held,
        worst = new { row = WorstRow.Row + 1, output = file.Outputs[WorstRow.Output].Name, real = WorstRow.Real, @fixed = WorstRow.Fixed },
        outputs = Largest.Select((difference, o) => new { name = file.Outputs[o].Name, largestDifference = difference }),
    };
}
