#include "h5boss/synthetic/plate_maker.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>

#include "h5boss/formats/output_file.hpp"
#include "h5boss/synthetic/fits_stream.hpp"
#include "h5boss/synthetic/sky_object.hpp"
#include "h5boss/synthetic/table_maker.hpp"
#include "shared/rows_output.hpp"

namespace hyperslab::apps::h5boss {
namespace {

namespace fs = std::filesystem;

constexpr const char* kReduction = "v5_7_0";
constexpr std::size_t kExtra = 16;  // columns of a spCFrame that its detector lacks

/// The width of the detector of a camera.
std::size_t width_of(char camera) { return camera == 'b' ? 4112 : 4128; }

struct Camera {
    char name;
    int spectrograph;
    long exposure;
};

class PlateMaker {
public:
    PlateMaker(const std::string& folder, const MadePlate& plate)
        : plate_(plate),
          folder_(fs::path(folder) / padded(plate.id.plate, 4)),
          suffix_("-" + padded(plate.id.plate, 4) + "-" + padded(plate.id.mjd, 5) + ".fits") {
        Dice dice(seed(0));
        first_ = 3.55 + 0.0001 * static_cast<double>(dice.bits() % 40);
        ra_ = 360 * dice.uniform();
        dec_ = 60 * dice.uniform() - 5;
        for (int i = 0; i < 4600 + static_cast<int>(dice.bits() % 45); ++i) {
            waves_.push_back(static_cast<float>(std::pow(10.0, first_ + 0.0001 * i)));
        }
        for (int fiber = 1; fiber <= plate.fibers; ++fiber) {
            objects_.push_back(make_object(seed(static_cast<std::uint64_t>(fiber))));
        }
        models_.resize(objects_.size());
        in_parallel(objects_.size(),
                    [&](std::size_t i) { models_[i] = model_flux(objects_[i], waves_); });
        facts_ = {plate_.id, plate_seed(), ra_, dec_, kReduction, &objects_};
        fs::create_directories(folder_ / kReduction);
    }

    void make() {
        write_plate();
        write_redshifts();
        write_lines();
        for (const auto& [kind, catalogue] :
             std::map<std::string, std::string>{{"photoMatchPlate", "photo/match"},
                                                {"photoPlate", "photo/matchflux"},
                                                {"photoPosPlate", "photo/matchpos"}}) {
            FitsStream fits((folder_ / (kind + suffix_)).string());
            fits.begin(empty_primary());
            write_made_table(fits, facts_, catalogue, 0, objects_.size(), false);
            fits.commit();
        }
        write_plan();
        const std::vector<Camera> cameras = all_cameras();
        for (const char camera : {'b', 'r'}) {
            for (const int spectrograph : {1, 2}) {
                if (plate_.exposures > 0) {
                    write_flat({camera, spectrograph, first_exposure() - 1});
                }
            }
        }
        in_parallel(cameras.size(), [&](std::size_t i) { write_frames(cameras[i]); });
    }

private:
    static std::string padded(long value, int digits) {
        char text[32];
        std::snprintf(text, sizeof text, "%0*ld", digits, value);
        return text;
    }

    std::uint64_t plate_seed() const {
        Dice dice(plate_.seed * 1000003 + static_cast<std::uint64_t>(plate_.id.plate) * 100003 +
                  static_cast<std::uint64_t>(plate_.id.mjd));
        return dice.bits();
    }
    std::uint64_t seed(std::uint64_t what) const { return seed_for(plate_seed(), what); }

    long first_exposure() const { return 100000 + plate_.id.mjd % 10000 * 10; }

    std::vector<Camera> all_cameras() const {
        std::vector<Camera> cameras;
        for (int i = 0; i < plate_.exposures; ++i) {
            for (const int spectrograph : {1, 2}) {
                for (const char camera : {'b', 'r'}) {
                    cameras.push_back({camera, spectrograph, first_exposure() + i});
                }
            }
        }
        return cameras;
    }

    static std::string frame_name(const char* kind, const Camera& camera) {
        char text[64];
        std::snprintf(text,
                      sizeof text,
                      "%s-%c%d-%08ld.fits",
                      kind,
                      camera.name,
                      camera.spectrograph,
                      camera.exposure);
        return text;
    }

    void add_keywords(Header& header) const {
        header.add("TELESCOP", std::string("SDSS 2.5-M"), "made up by h5boss generate");
        header.add("PLATEID", std::int64_t{plate_.id.plate}, "The currently loaded plate");
        header.add("MJD", std::int64_t{plate_.id.mjd}, "APO MJD day at start of exposure");
        header.add("RUN2D", std::string(kReduction), "Spectro-2D reduction name");
        header.add("RADEG", ra_, "RA of telescope pointing (deg)");
        header.add("DECDEG", dec_, "Dec of telescope pointing (deg)");
        header.add("EXPTIME", 900.0 * std::max(1, plate_.exposures), "seconds");
        header.add("VACUUM", true, "Wavelengths are in vacuum");
        header.add("BUNIT", std::string("1E-17 erg/cm^2/s/Ang"));
    }

    static Header empty_primary() {
        Header header;
        header.add("SIMPLE", true, "conforms to FITS standard");
        header.add("BITPIX", std::int64_t{16});
        header.add("NAXIS", std::int64_t{0});
        header.add("EXTEND", true);
        return header;
    }

    /// Writes an image row by row.
    template <class T, class Row>
    void write_image(FitsStream& fits,
                     const Header& header,
                     std::size_t width,
                     std::size_t rows,
                     const Row& row) const {
        fits.begin(header);
        std::vector<T> values(width);
        for (std::size_t i = 0; i < rows; ++i) {
            row(i, values);
            fits.write(std::span<const T>(values));
        }
    }

    float noise_at(std::size_t fiber, std::size_t pixel) const {
        return std::sqrt(sky_flux(static_cast<double>(waves_[pixel])) / 30) *
               static_cast<float>(Dice(seed(fiber * 8192 + pixel + 5'000'000)).normal());
    }

    void write_plate() {
        FitsStream fits((folder_ / ("spPlate" + suffix_)).string());
        const std::size_t width = waves_.size();
        const std::size_t rows = objects_.size();
        Header primary = image_header(true, false, width, rows);
        add_keywords(primary);
        primary.add("COEFF0", first_, "Central wavelength (log10) of first pixel");
        primary.add("COEFF1", 0.0001, "Log10 dispersion per pixel");
        int number_of_frame = 0;
        for (const Camera& camera : all_cameras()) {
            char key[16];
            std::snprintf(key, sizeof key, "EXPID%02d", ++number_of_frame);
            const std::string name = frame_name("x", camera);
            if (number_of_frame < 100) {
                primary.add(key, name.substr(2, name.size() - 7));
            }
        }
        write_image<float>(fits, primary, width, rows, [&](std::size_t i, auto& values) {
            for (std::size_t j = 0; j < width; ++j) {
                values[j] = objects_[i].unplugged ? 0 : models_[i][j] + noise_at(i, j);
            }
        });
        const Header image = image_header(false, false, width, rows);
        const Header mask = image_header(false, true, width, rows);
        write_image<float>(fits, image, width, rows, [&](std::size_t i, auto& values) {
            for (std::size_t j = 0; j < width; ++j) {
                values[j] =
                    objects_[i].unplugged ? 0 : 30 / sky_flux(static_cast<double>(waves_[j]));
            }
        });
        for (const std::uint64_t which : {1U, 2U}) {
            write_image<std::int32_t>(fits, mask, width, rows, [&](std::size_t i, auto& values) {
                for (std::size_t j = 0; j < width; ++j) {
                    // Bright sky, and now and then a cosmic ray.
                    const std::uint64_t bits = Dice(seed(i * 8192 + j)).bits();
                    values[j] = (sky_flux(static_cast<double>(waves_[j])) > 30 ? 1 << 23 : 0) |
                                (bits % 997 < which ? 1 << 19 : 0);
                }
            });
        }
        write_image<float>(fits, image, width, rows, [&](std::size_t i, auto& values) {
            for (std::size_t j = 0; j < width; ++j) {
                values[j] = 0.9F + 0.2F * static_cast<float>(j) / static_cast<float>(width) +
                            0.0001F * static_cast<float>(i % 500);
            }
        });
        write_made_table(fits, facts_, "plugmap", 0, rows, true);
        write_image<float>(fits, image, width, rows, [&](std::size_t i, auto& values) {
            for (std::size_t j = 0; j < width; ++j) {
                values[j] = sky_flux(static_cast<double>(waves_[j])) *
                            (1 + 0.0002F * static_cast<float>(i % 500));
            }
        });
        fits.commit();
    }

    void write_redshifts() {
        FitsStream fits((folder_ / kReduction / ("spZbest" + suffix_)).string());
        Header primary = empty_primary();
        add_keywords(primary);
        fits.begin(primary);
        write_made_table(fits, facts_, "zbest", 0, objects_.size(), true);
        write_image<float>(fits,
                           image_header(false, false, waves_.size(), objects_.size()),
                           waves_.size(),
                           objects_.size(),
                           [&](std::size_t i, auto& values) { values = models_[i]; });
        fits.commit();
    }

    void write_lines() {
        FitsStream fits((folder_ / kReduction / ("spZline" + suffix_)).string());
        Header primary = empty_primary();
        primary.add("DIMS0", static_cast<std::int64_t>(emission_lines().size()));
        primary.add("DIMS1", static_cast<std::int64_t>(objects_.size()));
        fits.begin(primary);
        write_made_table(fits, facts_, "zline", 0, objects_.size() * emission_lines().size(), true);
        fits.commit();
    }

    void write_plan() const {
        std::string text = "# made up by h5boss generate\nplateid " +
                           std::to_string(plate_.id.plate) + "\nMJD " +
                           std::to_string(plate_.id.mjd) + "\n\n";
        for (int i = 0; i < plate_.exposures; ++i) {
            text += "SPEXP " + std::to_string(plate_.id.plate) + " " +
                    std::to_string(plate_.id.mjd) + " " + padded(plate_.id.plate, 4) + "-" +
                    std::to_string(plate_.id.mjd) + "-01 science 900.0 {";
            for (const int spectrograph : {1, 2}) {
                for (const char camera : {'b', 'r'}) {
                    text +=
                        " " + frame_name("spFrame", {camera, spectrograph, first_exposure() + i});
                }
            }
            text += " }\n";
        }
        const std::string path =
            (folder_ / ("spPlancomb" + suffix_.substr(0, suffix_.size() - 5) + ".par")).string();
        write_text_file(path, [&](const Writer& write) { write(text); });
    }

    std::size_t first_fiber(int spectrograph) const {
        return spectrograph == 1 ? 0 : objects_.size() / 2;
    }
    std::size_t fibers_of(int spectrograph) const {
        return spectrograph == 1 ? objects_.size() / 2 : objects_.size() - objects_.size() / 2;
    }

    static double frame_log_wave(char camera, std::size_t row, std::size_t pixel) {
        const double first = camera == 'b' ? 3.552 : 3.752;
        return first + (camera == 'b' ? 0.0000605 : 0.0000645) * static_cast<double>(pixel) +
               1e-7 * static_cast<double>(row % 500);
    }
    static float flat_value(std::size_t row, std::size_t pixel) {
        return 0.9F + 0.0002F * static_cast<float>(row % 500) +
               0.00001F * static_cast<float>(pixel % 1000);
    }

    void write_flat(const Camera& camera) const {
        FitsStream fits((folder_ / (frame_name("spFlat", camera) + ".gz")).string());
        const std::size_t width = width_of(camera.name);
        const std::size_t rows = fibers_of(camera.spectrograph);
        write_image<float>(fits,
                           image_header(true, false, width, rows),
                           width,
                           rows,
                           [&](std::size_t i, auto& values) {
                               for (std::size_t j = 0; j < width; ++j) {
                                   values[j] = flat_value(i, j);
                               }
                           });
        fits.commit();
    }

    /// What a camera sees of each of its fibres, with noise.
    std::vector<std::vector<float>> frame_fluxes(const Camera& camera, std::size_t width) const {
        const std::size_t first = first_fiber(camera.spectrograph);
        const std::size_t rows = fibers_of(camera.spectrograph);
        std::vector<std::vector<float>> fluxes(rows);
        for (std::size_t i = 0; i < rows; ++i) {
            std::vector<float> waves(width);
            for (std::size_t j = 0; j < width; ++j) {
                waves[j] = static_cast<float>(std::pow(10.0, frame_log_wave(camera.name, i, j)));
            }
            fluxes[i] = model_flux(objects_[first + i], waves);
            Dice dice(seed((first + i) * 131 + static_cast<std::uint64_t>(camera.exposure)));
            for (float& flux : fluxes[i]) {
                flux = objects_[first + i].unplugged
                           ? 0
                           : flux + static_cast<float>(1.5 * dice.normal());
            }
        }
        return fluxes;
    }

    void write_frames(const Camera& camera) const {
        const std::size_t real = width_of(camera.name);
        const std::vector<std::vector<float>> fluxes = frame_fluxes(camera, real + kExtra);
        write_calibrated_frame(camera, fluxes);
        FitsStream raw((folder_ / (frame_name("spFrame", camera) + ".gz")).string());
        const std::size_t rows = fluxes.size();
        write_image<float>(raw,
                           image_header(true, false, real, rows),
                           real,
                           rows,
                           [&](std::size_t i, auto& values) {
                               for (std::size_t j = 0; j < real; ++j) {
                                   values[j] = fluxes[i][j] * 12;
                               }
                           });
        raw.commit();
    }

    void write_calibrated_frame(const Camera& camera,
                                const std::vector<std::vector<float>>& fluxes) const {
        const std::size_t width = width_of(camera.name) + kExtra;
        const std::size_t first = first_fiber(camera.spectrograph);
        const std::size_t rows = fluxes.size();
        const Camera flat{camera.name, camera.spectrograph, first_exposure() - 1};
        FitsStream fits((folder_ / frame_name("spCFrame", camera)).string());
        Header primary = image_header(true, false, width, rows);
        add_keywords(primary);
        primary.add("EXPOSURE", std::int64_t{camera.exposure});
        primary.add("CAMERAS", std::string(1, camera.name) + std::to_string(camera.spectrograph));
        primary.add("FLATFILE", frame_name("spFlat", flat) + ".gz");
        const Header image = image_header(false, false, width, rows);
        const auto add = [&](const Header& header, const auto& value) {
            write_image<float>(fits, header, width, rows, [&](std::size_t i, auto& values) {
                for (std::size_t j = 0; j < width; ++j) {
                    values[j] = static_cast<float>(value(i, j));
                }
            });
        };
        add(primary, [&](std::size_t i, std::size_t j) { return fluxes[i][j]; });
        add(image, [&](std::size_t i, std::size_t) {
            return objects_[first + i].unplugged ? 0.0 : 1 / 2.25;
        });
        write_image<std::int32_t>(fits,
                                  image_header(false, true, width, rows),
                                  width,
                                  rows,
                                  [&](std::size_t i, auto& values) {
                                      for (std::size_t j = 0; j < width; ++j) {
                                          values[j] = (i * 7 + j * 13) % 1009 == 0 ? 1 << 19 : 0;
                                      }
                                  });
        add(image, [&](std::size_t i, std::size_t j) { return frame_log_wave(camera.name, i, j); });
        add(image,
            [&](std::size_t, std::size_t j) { return 1 + 0.00005 * static_cast<double>(j); });
        write_made_table(fits, facts_, "plugmap", first, rows, true);
        add(image, [&](std::size_t i, std::size_t j) {
            return sky_flux(std::pow(10.0, frame_log_wave(camera.name, i, j)));
        });
        add(image, [&](std::size_t i, std::size_t) { return 20.0 + 8 * static_cast<double>(i); });
        add(image,
            [&](std::size_t, std::size_t j) { return 1 + 0.00002 * static_cast<double>(j); });
        fits.commit();
    }

    MadePlate plate_;
    fs::path folder_;
    std::string suffix_;
    double first_ = 3.55;
    double ra_ = 0;
    double dec_ = 0;
    std::vector<float> waves_;
    std::vector<SkyObject> objects_;
    std::vector<std::vector<float>> models_;
    PlateFacts facts_;
};

}  // namespace

void make_plate(const std::string& folder, const MadePlate& plate) {
    PlateMaker(folder, plate).make();
}

}  // namespace hyperslab::apps::h5boss
