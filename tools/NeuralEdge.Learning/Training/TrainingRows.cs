namespace NeuralEdge.Learning.Training;

/// <summary>Rows in standard units, and what each counts for; null: all alike.</summary>
internal sealed record TrainingRows(double[][] Inputs, double[][] Targets, double[]? Weights)
{
    public double WeightOf(int row) => Weights?[row] ?? 1;
}
