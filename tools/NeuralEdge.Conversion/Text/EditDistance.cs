namespace NeuralEdge.Conversion.Text;

/// <summary>How far one word is from another that was perhaps meant.</summary>
public static class EditDistance
{
    /// <summary>The letters to put in, to take out or to change that make one word of the other (Levenshtein 1966).</summary>
    /// <param name="a">One word.</param>
    /// <param name="b">The other.</param>
    public static int Of(string a, string b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        foreach (char letter in a)
        {
            int diagonal = row[0]++;
            for (int j = 1; j <= b.Length; j++)
            {
                int best = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (letter == b[j - 1] ? 0 : 1));
                diagonal = row[j];
                row[j] = best;
            }
        }

        return row[^1];
    }
}
