namespace NeuralEdge.Learning.Series;

/// <summary>A row of a time series: what tells whether it follows the row before.</summary>
/// <param name="Place">As <see cref="Data.Table.PlaceOf"/> has it.</param>
/// <param name="Line">Its line.</param>
/// <param name="File">Its file; null when all are of one.</param>
/// <param name="Class">Its class; 0 when there are none.</param>
internal readonly record struct SeriesRow(string Place, int Line, string? File, int Class);
