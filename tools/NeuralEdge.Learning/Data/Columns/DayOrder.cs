namespace NeuralEdge.Learning.Data.Columns;

/// <summary>How a date such as 03/04/2026 is meant.</summary>
internal enum DayOrder
{
    /// <summary>The 3rd of April.</summary>
    DayFirst,

    /// <summary>The 4th of March.</summary>
    MonthFirst,
}
