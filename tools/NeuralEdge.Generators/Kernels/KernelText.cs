using System.Text;

namespace NeuralEdge.Generators.Kernels;

/// <summary>What the code of all kernels has in common.</summary>
internal static class KernelText
{
    /// <summary>As many inputs pay for a call.</summary>
    private const int WorthACall = 8;

    /// <summary>Begins a kernel that has its inputs as locals or, from eight on, as parameters of a method of its own.</summary>
    /// <param name="size">Number of inputs.</param>
    /// <param name="before">What reading the inputs needs first.</param>
    /// <param name="input">Expression of an input.</param>
    /// <param name="first">What stands first in the method that computes.</param>
    /// <remarks>
    /// An interpreter leaves arguments where they were computed, while a local costs an operation to store and nearly as much
    /// again to be made at every call.
    /// </remarks>
    internal static string Begin(int size, string before, Func<int, string> input, string first)
    {
        if (size < WorthACall)
        {
            return first + before + string.Concat(Enumerable.Range(0, size).Select(k => $"            long x{k} = {input(k)};\n"));
        }

        return before
            + $"            Compute(\n                {Listed(size, input, "                ")});\n        }}\n\n"
            + $"        private void Compute(\n            {Listed(size, k => $"long x{k}", "            ")})\n        {{\n{first}";
    }

    /// <summary>The packed sum of a row: start value, then products, so that only two values lie on the stack.</summary>
    /// <param name="size">Number of inputs.</param>
    /// <param name="indent">What each line begins with.</param>
    /// <param name="at">Where in its array the row begins.</param>
    internal static string Sum(int size, string indent, int at = 0)
    {
        StringBuilder source = new($"{indent}r[{at + size}]");
        for (int k = 0; k < size; k++)
        {
            source.Append(k % 4 == 0 ? $"\n{indent}+ " : " + ").Append($"(r[{at + k}] * x{k})");
        }

        return source.ToString();
    }

    private static string Listed(int size, Func<int, string> item, string indent)
    {
        StringBuilder list = new();
        for (int k = 0; k < size; k++)
        {
            list.Append(k == 0 ? "" : k % 4 == 0 ? $",\n{indent}" : ", ").Append(item(k));
        }

        return list.ToString();
    }
}
