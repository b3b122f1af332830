using NeuralEdge.Networks;

namespace NeuralEdge.Conversion.Certificates;

/// <summary>The certificate section of a model file (FORMAT.md, section 6) to bytes and back.</summary>
internal static class CertificateSection
{
    private const byte Version = 1;

    internal static byte[] Write(Certificate certificate)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        writer.Write(Version);
        writer.Write((byte)certificate.Bound.Method);
        writer.Write((ushort)0);
        writer.Write(certificate.NetworkChecksum);
        writer.Write(certificate.Bound.Boxes);
        writer.Write(certificate.Samples);
        foreach (long worst in certificate.Accumulators.SelectMany(layer => layer))
        {
            writer.Write((int)worst);
        }

        for (int o = 0; o < certificate.Observed.Length; o++)
        {
            writer.Write(certificate.Bound.Total[o]);
            writer.Write(certificate.Bound.Arithmetic[o]);
            writer.Write(certificate.Observed[o]);
        }

        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Reads the section; null when a byte of it is not as FORMAT.md says.</summary>
    internal static Certificate? Read(byte[] section, Network network)
    {
        int neurons = Enumerable.Range(0, network.LayerCount).Sum(l => network.GetLayer(l).NeuronCount);
        if (section.Length != 16 + (4 * neurons) + (24 * network.OutputCount))
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
        if (version != Version || method > (byte)BoundMethod.Enumeration || reserved != 0 || boxes < 1 || samples < 0)
        {
            return null;
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

        double[] total = new double[network.OutputCount];
        double[] arithmetic = new double[network.OutputCount];
        double[] observed = new double[network.OutputCount];
        for (int o = 0; o < total.Length; o++)
        {
            total[o] = reader.ReadDouble();
            arithmetic[o] = reader.ReadDouble();
            observed[o] = reader.ReadDouble();
        }

        return new Certificate(checksum, worst, new ErrorBound((BoundMethod)method, boxes, total, arithmetic), samples, observed);
    }
}
