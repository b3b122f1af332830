namespace NeuralEdge.Learning.Data.Columns;

/// <summary>How all numbers of a column are written.</summary>
public enum NumberSpelling
{
    /// <summary>As the file writes numbers: with a decimal point, or a decimal comma where commas do not separate columns.</summary>
    Plain,

    /// <summary>With a decimal comma, in quotes since commas separate columns: "20,93".</summary>
    QuotedComma,

    /// <summary>Hexadecimal whole numbers: 0xb1c.</summary>
    Hexadecimal,

    /// <summary>With one and the same unit behind: 20.93 C, 45%.</summary>
    WithUnit,
}
