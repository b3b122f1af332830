using NeuralEdge.Networks;

namespace NeuralEdge.Conversion.Certificates;

/// <summary>The certificate section of a model file (FORMAT.md, section 6) to bytes and back.</summary>
internal static class CertificateSection
{
    private const byte FromSamples = 3;
    private const byte Version = 2;
    private const byte FirstVersion = 1;

    /// <summary>What stands for a count or a share that is not known.</summary>
    private const int None = -1;

    internal static byte[] Write(Certificate certificate)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        bool isNew = certificate.Found is not null;
        writer.Write(!isNew ? FirstVersion : certificate.IsFromSamples ? FromSamples : Version);
        writer.Write((byte)certificate.Bound.Method);
        writer.Write((ushort)0);
        writer.Write(certificate.NetworkChecksum);
        writer.Write(certificate.Bound.Boxes);
        writer.Write(certificate.Samples);
        if (isNew)
        {
            writer.Write(certificate.SaturatedRows);
            writer.Write(certificate.Near?.Rows ?? 0);
            writer.Write(certificate.Decisions?.Rows ?? None);
            writer.Write(certificate.Decisions?.Proven ?? None);
            writer.Write(certificate.Decisions?.Same ?? None);
            writer.Write(0);
            writer.Write(certificate.Near?.Radius ?? 0);
            writer.Write(certificate.Decisions is Decisions { Share: >= 0 } decisions ? decisions.Share : None);
        }

        foreach (long worst in certificate.Accumulators.SelectMany(layer => layer))
        {
            writer.Write((int)worst);
        }

        for (int o = 0; o < certificate.Observed.Length; o++)
        {
            writer.Write(certificate.Bound.Total[o]);
            writer.Write(certificate.Bound.Arithmetic[o]);
            writer.Write(certificate.Observed[o]);
            if (isNew)
            {
                writer.Write(certificate.Found![o]);
                writer.Write(certificate.Near?.Largest[o] ?? 0);
                writer.Write(certificate.Near?.Median[o] ?? 0);
            }
        }

        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Reads the section; null when a byte of it is not as FORMAT.md says.</summary>
    /// <param name="section">Its payload.</param>
    /// <param name="network">The network of the same file.</param>
    /// <param name="hasWindows">True when the file has windows.</param>
    internal static Certificate? Read(byte[] section, Network network, bool hasWindows)
    {
        bool isFromSamples = section.Length > 0 && section[0] == FromSamples && hasWindows;
        bool isNew = isFromSamples || (section.Length > 0 && section[0] == Version);
        int neurons = Enumerable.Range(0, network.LayerCount).Sum(l => network.GetLayer(l).NeuronCount);
        if (section.Length != (isNew ? 56 : 16) + (4 * neurons) + ((isNew ? 48 : 24) * network.OutputCount))
        {
            return null;
        }

        using BinaryReader reader = new(new MemoryStream(section));
        byte version = reader.ReadByte();
        byte method = reader.ReadByte();
        ushort reserved = reader.ReadUInt16();
        uint checksum = reader.ReadUInt32();
        int boxes = reader.ReadInt32();
        int samples = reader.ReadInt32();
        if (!(isNew || version == FirstVersion) || method > (byte)BoundMethod.Enumeration || reserved != 0 || boxes < 1 || samples < 0)
        {
            return null;
        }

        int saturated = 0;
        int nearRows = 0;
        double radius = 0;
        Decisions? decisions = null;
        if (isNew)
        {
            saturated = reader.ReadInt32();
            nearRows = reader.ReadInt32();
            int rows = reader.ReadInt32();
            int proven = reader.ReadInt32();
            int same = reader.ReadInt32();
            int alsoReserved = reader.ReadInt32();
            radius = reader.ReadDouble();
            double share = reader.ReadDouble();
            bool decides = proven >= 0 && proven <= rows && same >= 0 && same <= rows && share is None or (>= 0 and <= 1);
            bool decidesNothing = rows == None && proven == None && same == None && share == None;
            if (saturated < 0 || saturated > samples || nearRows < 0 || alsoReserved != 0 || !(radius is >= 0 and <= 2) || !(decides || decidesNothing))
            {
                return null;
            }

            decisions = decidesNothing ? null : new Decisions(rows, proven, same, share >= 0 ? share : double.NaN);
        }

        long[][] worst = new long[network.LayerCount][];
        for (int l = 0; l < worst.Length; l++)
        {
            worst[l] = new long[network.GetLayer(l).NeuronCount];
            for (int n = 0; n < worst[l].Length; n++)
            {
                worst[l][n] = reader.ReadInt32();
            }
        }

        double[][] columns = [.. Enumerable.Range(0, isNew ? 6 : 3).Select(_ => new double[network.OutputCount])];
        for (int o = 0; o < network.OutputCount; o++)
        {
            foreach (double[] column in columns)
            {
                column[o] = reader.ReadDouble();
            }
        }

        Certificate old = new(checksum, worst, new ErrorBound((BoundMethod)method, boxes, columns[0], columns[1]), samples, columns[2]);
        return !isNew ? old : old with
        {
            IsFromSamples = isFromSamples,
            SaturatedRows = saturated,
            Found = columns[3],
            Near = nearRows == 0 ? null : new NearBound(radius, nearRows, columns[4], columns[5]),
            Decisions = decisions,
        };
    }
}
