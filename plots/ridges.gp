# Densities of the years, one behind the other. file_ridge1 ... n_panel: value, height (root
# of the density, 1 where it is highest), one block a year, the last year first; year_P_K its
# name, ridges_P how many.
set multiplot layout n_row, (n_panel > 1 ? 2 : 1) title 'How countries are spread, year by year' \
  margins screen 65.0 / width, screen 0.975, screen 75.0 / height, screen 1 - 85.0 / height \
  spacing screen 85.0 / width, screen 95.0 / height
unset key
set border 1
set grid noytics
set style fill solid 0.8
set label 2 'Height is the root of the density, so that both flat and steep years can be seen; each country counts once.' \
  at screen 0.5, screen 22.0 / height center font ',10' textcolor rgb '#555555'
do for [i = 1:n_panel] {
  ridge = value(sprintf('file_ridge%d', i))
  n = value(sprintf('ridges_%d', i))
  set title value(sprintf('panel_%d', i)) offset 0,-0.4
  unset ytics
  set ytics nomirror scale 0
  set ytics ()
  do for [k = 1:n] { set ytics add (value(sprintf('year_%d_%d', i, k)) n - k) }
  set yrange [-0.2:n + 1]
  plot for [k = 1:n] ridge using 1:(n - k):(n - k + 1.7 * $2) index k - 1 with filledcurves \
    fillcolor rgb colour(1) fillstyle solid 0.25 + 0.5 * (n - k) / n border linecolor rgb '#ffffff' notitle, \
    for [k = 1:n] ridge using 1:(n - k + 1.7 * $2) index k - 1 with lines linecolor rgb '#00395a' linewidth 1 notitle
  unset label 2
  unset label 99
}
unset multiplot
